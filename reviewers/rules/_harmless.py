"""The words by which a swallowed error is judged: what is only clean-up, look-up or courtesy, and what matters."""

from __future__ import annotations

import re

CLEANUP = re.compile(
    r"a?close|dispose|shut_?down|stop|cancel|kill|terminate|unlink|remove|rmtree|rmdir|del|disconnect|release|rollback"
    r"|abort|clean|finish|tear_?down|quit|exit|destroy|unsubscribe|unregister|log_?out|clear|reset|restore|free|detach|join"
    r"|flush|drain|purge|uninstall|finali[sz]e|interrupt|discard|evict|expire|invalidate|un(?:lock|bind|load|mount|link)"
    r"|after_cancel"
)
"""A call whose name begins so undoes something: where that fails there is mostly nothing left to do."""

MATTERS = re.compile(
    r"save|commit$|bulk_|upsert|persist|send(?!_?(?:event|stat|metric|typing|action|keepalive|hint))|post$|put$|publish"
    r"|enqueue|execute|run_until_complete|notify(?!_all)|announce|upload|migrate|charge|transfer|set_config|set_setting"
)
"""A call whose name begins so changes what others will look for: data, files, messages."""

LOADS = frozenset({"import_module", "__import__", "CDLL", "WinDLL", "LoadLibrary", "find_library", "require_version"})

CONVERTS = frozenset(
    {
        *(
            "int",
            "float",
            "str",
            "bytes",
            "bool",
            "len",
            "list",
            "dict",
            "tuple",
            "set",
            "repr",
            "ord",
            "chr",
            "abs",
            "round",
        ),
        *(
            "getattr",
            "hasattr",
            "isinstance",
            "setattr",
            "get",
            "split",
            "strip",
            "lower",
            "upper",
            "replace",
            "startswith",
        ),
        *(
            "endswith",
            "encode",
            "decode",
            "append",
            "update",
            "index",
            "keys",
            "values",
            "items",
            "join",
            "format",
            "pop",
        ),
        *(
            "loads",
            "literal_eval",
            "strptime",
            "strftime",
            "fromisoformat",
            "date",
            "datetime",
            "time",
            "Decimal",
            "UUID",
        ),
        *(
            "print",
            "min",
            "max",
            "sum",
            "rstrip",
            "lstrip",
            "insert",
            "add",
            "b64decode",
            "unhexlify",
            "parse",
            "urlparse",
        ),
        *("map", "zip", "enumerate", "range", "sorted", "info", "debug", "warning", "error", "log"),
        *("group", "groups", "search", "match", "findall", "sub"),
        *("addstr", "addch", "attron", "attroff", "color_pair", "super"),
    }
)
"""Calls that take no time: no interrupt will hit them."""

SHOWS = re.compile(r"log|std(?:out|err|scr)|screen|window|widget|canvas|term|queue|console|buffer")
"""Where a name that holds one of these takes the message, a failure is about showing it, or about a local container."""

KEEPS = re.compile(r"conf|settings?$|cache|redis|store|storage|db$|database|registry")
"""What ``set`` is an action on; on anything else it may be a widget or a flag."""

BEST_EFFORT = re.compile(
    r"^(?:filter|format|emit|handle_?error|excepthook)$|^(?:is|has|can|check|supports)_"
    r"|(?:^|_)(?:try|maybe|safe|safely|quiet|quietly|silent|silently|effort|ignore|ignoring|cleanup|clean|close|shutdown"
    r"|stop|teardown|dispose|kill|terminate|disconnect|destroy|del|exit|aexit|metrics?|telemetry|analytics|suppress\w*"
    r"|optional\w*|caches?|notices?)(?:_|$)"
)
"""A function whose name says that a failure inside it is nobody's concern."""

SAYS_WHY = re.compile(
    r"ignor|effort|swallow|suppress|silent|skip|gracefully|optional|never (?:raise|fail|mind)|(?:doesn|don).t (?:matter|care)"
    r"|(?:may|might|can|could|will|sometimes|not) (?:fail|raise|break|crash|be)|harmless|just in case|if possible|whatever",
    re.IGNORECASE,
)
MENTIONS = re.compile(
    rf"{SAYS_WHY.pattern}|errors?\b|exceptions?\b|fail|not (?:every|all)|noqa|nosec|pylint|sure\b|catch", re.IGNORECASE
)
