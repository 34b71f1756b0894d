"""Memories of a developer, and questions with the memory that each is answered by; empty where none is.

They were written before the score from which on something is shown was chosen, and that score was chosen on them.
"""

from __future__ import annotations

from typing import NamedTuple


class Told(NamedTuple):
    """A memory in short."""

    key: str
    kind: str
    value: str
    subject: str = ""
    because: str = ""


TOLD = (
    Told("store", "decision", "DuckDB is the only store, no server", "database", "one user, one file"),
    Told("celery", "decision", "We dropped celery in favour of a plain cron job", because="nobody could debug it"),
    Told("branch", "decision", "Branch names start with the ticket number"),
    Told("log", "decision", "Logs are JSON lines from now on", "logging"),
    Told("api", "decision", "The public api stays on v1 until the summer"),
    Told("python", "decision", "Support for Python 3.10 ends with the next release"),
    Told("retries", "note", "Retries are at most three, with a linear pause", "retry policy"),
    Told("deploy", "fact", "Anna owns the deploy", "anna"),
    Told("tuesday", "fact", "Deploys happen on Tuesdays after lunch"),
    Told("vpn", "note", "The vpn needs a new certificate every March"),
    Told("staging", "fact", "10.0.0.7", "staging"),
    Told("supplier", "note", "The supplier api is down on Sundays"),
    Told("rounding", "note", "Invoices are rounded per line, not in the sum"),
    Told("frozen", "note", "checkout.py is frozen until May"),
    Told("refunds", "note", "Talked to the customer about refunds: they want them within a day"),
    Told("tabs", "note", "Makefiles are the only files with tabs"),
    Told("outage", "note", "The outage on Monday was the provider's fault"),
    Told("contract", "note", "The contract with the vendor ends in March"),
    Told("token", "note", "The token of the import expires in June"),
    Told("prices", "decision", "Prices are Decimal everywhere, never float", "load_prices"),
    Told("mocks", "note", "Tests patch nothing by dotted string, they take fakes"),
    Told("reviewer", "note", "Billing needs a second reviewer"),
    Told("flaky", "note", "test_sync_orders is flaky on slow machines"),
    Told("tenants", "decision", "Every query goes through the tenant manager"),
    Told("pilot", "note", "The pilot customer runs on their own server"),
    Told("rate", "fact", "The geocoder allows 50 requests a minute"),
    Told("cache", "note", "Caching of listings is off while prices change"),
    Told("b006", "decision", "B006 stays on in the legacy folder"),
)

ASKED = (
    ("what did we decide about the database", "store"),
    ("which database do we use", "store"),
    ("why did we drop celery?", "celery"),
    ("how should I name branches", "branch"),
    ("did we ever decide on a logging format", "log"),
    ("until when does the api stay on v1", "api"),
    ("do we still support python 3.10", "python"),
    ("what was our retry policy again", "retries"),
    ("who owns the deploy", "deploy"),
    ("on which day do deploys happen", "tuesday"),
    ("when does the vpn certificate run out", "vpn"),
    ("what is the address of staging", "staging"),
    ("when is the supplier api down", "supplier"),
    ("how are invoices rounded", "rounding"),
    ("can I touch checkout.py", "frozen"),
    ("please refactor shop/checkout.py so that it is shorter", "frozen"),
    ("what did the customer say about refunds", "refunds"),
    ("tabs or spaces in makefiles", "tabs"),
    ("whose fault was the outage", "outage"),
    ("when does the vendor contract end", "contract"),
    ("when does the import token expire", "token"),
    ("review load_prices for me", "prices"),
    ("are prices float or Decimal", "prices"),
    ("what did i say about mocks and fakes in tests", "mocks"),
    ("does billing need a second reviewer", "reviewer"),
    ("why is test_sync_orders red today", "flaky"),
    ("how do queries find their tenant", "tenants"),
    ("where does the pilot customer run", "pilot"),
    ("how many requests does the geocoder allow", "rate"),
    ("is caching of listings on", "cache"),
    ("why is B006 still reported here", "b006"),
    ("what is the weather in Berlin", ""),
    ("review my changes", ""),
    ("explain how the import graph is built", ""),
    ("find dead code in the reports package", ""),
    ("write a haiku about rivers", ""),
    ("what is on today", ""),
    ("which functions are the most complex", ""),
    ("are there any secrets in this repository", ""),
    ("make a timeline of last night", ""),
    ("good morning", ""),
    ("thanks, that is all", ""),
    ("is this branch ready to merge", ""),
    ("how do I center a div", ""),
    ("what changed since yesterday", ""),
    ("summarize the file app/models/user.py", ""),
    ("why does the build take so long", ""),
    ("rename the variable in line 40 of tools/export.py", ""),
    ("is there a cycle between the packages", ""),
    ("which agents are there", ""),
    ("is the parser thread safe", ""),
)
