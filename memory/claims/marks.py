"""Fixed phrases that mean one thing, each made one word before a sentence is read: *no longer*, *took over*."""

# ruff: noqa: E501 -- one phrase a line

from __future__ import annotations

import re

MARKS = {
    "xsaid": r"(?:(?<=^)|(?<=[.;:!?,] )|(?<=^and )|(?<=[.;] and ))(?:(?:we|i|they|everyone|the \w+|\w+) (?:have |has |had |all |finally |'ve )*)?(?:agreed|decided|settled|voted|opted|resolved|insists?|insisted)(?: (?:to go with|to go for|to|on|for|that we|that))?(?! against)"
            r"|(?:(?<=^)|(?<=[.;:!?,] ))(?:\w+ ){1,2}(?:says|said|told (?:us|me)|tells us|announced|confirmed|mentioned|wrote|informed us)(?: (?:that|to))?(?= \w)"
            r"|(?:(?<=^)|(?<=[.;:!?,] ))(?:\w+ ){1,3}(?:wants?|wanted|ask(?:s|ed)|lets?|requires?|needs?|expects?|made|makes|forced|forces|allowed|advised) (?:us|me|you|him|her|them|everyone) (?:to )?(?=\w)",
    "xnow": r"from (?:now|here|today|tomorrow|next \w+|this \w+|(?:mon|tues|wednes|thurs|fri|satur|sun)day) on(?:wards?)?|from (?:today|now)(?= *[.,;!]| *$)"
            r"|(?:going|moving) forward|as of (?:now|today|this \w+|next \w+|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|for the time being|for the moment|until further notice"
            r"|these days|at the moment|right now|in (?:the )?future(?= *[.,;!]| *$)|nowadays|effective (?:immediately|today)|starting (?:now|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next \w+|this \w+)"
            r"|henceforth|since (?:today|yesterday|(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|the \w+ (?:of|move|change|switch)[\w ]*|last \w+|this \w+)|since then|(?:since|as of|starting with|starting from|beginning with) (?:version|release|v) ?[\d.]+|since \d+\.[\d.]*\d|beginning (?:next|this) \w+|for now",
    "xnolonger": r"no longer|no more(?= \w+ing)",
    "xanymore": r"any ?more|any longer|(?<!a )no longer(?= *[.,;!]| *$)",
    "xusedto": r"\bused to\b(?= (?!it|this|that))|formerly|previously|originally|initially|back in \d{4}|back then|in the old days|at first(?! glance)|years ago|in the past",
    "xcorrection": r"scratch that|never ?mind|on second thoughts?|correction|i was wrong|we were wrong|my (?:mistake|bad)|turns out(?: that)?|turned out(?: that)?|i mean\b|strike that|ignore that|not true|that'?s wrong|that was wrong|edit(?=:)|i misspoke|mixed (?:that )?up|contrary to",
    "xchangedmind": r"changed (?:my|our|his|her|their) minds?(?: (?:about|on))?|change of plans?|new plan|plans? (?:has |have )?changed|had a change of heart(?: (?:about|on))?",
    "xinsteadof": r"instead of|rather than|in place of|as opposed to|in lieu of|replacing|superseding|superseded|supersedes|and not(?! only)|but not",
    "xinfavour": r"in favou?r of",
    "xbackfrom": r"back from|returned from|recovered from|done with|through with|finished with|finished|over with",
    "xended": r"(?:got|get|getting|gotten) rid of|(?:phase[ds]?|phasing) out|d(?:o|oes|id|one|oing) away with|mov(?:ed?|ing) (?:on|away|off)(?: of)? from|(?:g[ai]ve|given|giving|gives) up(?: on)?|stopp?(?:ed|ing|s)?\b(?: (?:using|doing|with))?(?! by\b)|pulled the plug on|(?:turned|switched|shut|turn|switch|shuts|closed) (?:off|down)(?! to)|decided against|said goodbye to|parted ways with|(?:ripped|rip|rips|threw|throw|kicked|pulled|tore|yanked|moved|phased|struck|cut|took) out(?: of)?|bid farewell to|cut ties with|ceased(?: to)?|moved? out of|broke up with|walked away from|backed out of|t(?:oo|a)ken? (?:out|off|down)\b|called off|call(?:ing|s) off|let go of",
    "xgone": r"(?:is|are|was|were|'s|got|has been|have been|been) (?:now )?(?:gone|dead|history|over|out(?= *[.,;!]| *$)|out(?= and)|no more|abolished|obsolete|finished(?= *[.,;!]| *$)|retired|off the table|a thing of the past|old news|void|moot|cancell?ed|scrapped|dropped|discontinued|deprecated|removed|axed|ditched|lifted|dissolved|revoked|repealed|shut down|sunset|wound down)|doesn'?t exist|no longer exists?|falls? away|fell through|went away|(?:has|have) (?:left|ended|expired|lapsed)|left the (?:company|team|project)|stepp?(?:ed|s|ing) down|resigned|passed away|died|moved out|was let go|got fired|stopped working|(?:has |have )?retired(?= *[.,;!]| *$| last| this)|(?:has |have )?quit(?= *[.,;!]| *$)|can'?t \w+(?= (?:any ?more|any longer))",
    "postponed": r"push(?:ed|es|ing)? (?:back|out|off)|pull(?:ed|s|ing)? (?:forward|in)|brought forward|moved? (?:up|forward|back)(?= (?:to|by|until))|put off",
    "takeover": r"t(?:oo|a)k(?:e|en|es|ing)? (?:over(?: (?:as|for))?|the reins)|step(?:s|ped|ping)? in (?:as|for)|fill(?:s|ed|ing) in for|inherit(?:s|ed)?",
    "responsible": r"in charge(?: of)?|responsible for|accountable for|look(?:s|ed|ing)? after|tak(?:es?|ing) care of|took care of|point person|go-to person|the one who (?:runs|does|handles)|does the|do the(?= \w+ now)",
    "pullrequest": r"pull[- ]requests?|merge[- ]requests?|\bPRs?\b|\bMRs\b",
    "standup": r"stand[- ]ups?|daily (?:sync|scrum|meeting|call)|\bdaily(?= is\b)",
    "unavailable": r"out of stock|sold out|unavailable",
    "available": r"(?:back )?in stock",
    "paused": r"on hold|on ice",
    "happens": r"t(?:a|oo)k(?:es?|ing)? place|go(?:es)? ahead",
    "minimum": r"at least|no less than|not less than|or (?:more|newer|later|higher|above)\b",
    "maximum": r"at most|(?:(?<=is )|(?<=are )|(?<=be )|(?<=: )|(?<=of )|(?<=for )|(?<=have )|(?<=take )|(?<=last )|(?<=^))up to|no more than|not more than|capped at|limited to|or less\b|restricted to",
    "allhands": r"all[- ]hands",
    "onepassword": r"1password",
    "wifi": r"wi-fi|wlan",
    "email": r"e-mails?|mails?\b",
    "offsite": r"off-site",
    "webapp": r"web app",
    "xnownamed": r"(?:is|are|goes|go|will be) (?:now|henceforth|from now on) (?:called|named|known as|by the name(?: of)?)|(?:is|are) (?:called|named|known as)(?= \S+ now)",
    "xnamed": r"(?:goes|go|went) by the name(?: of)?|(?:is|are|was|were|'s) (?:officially )?(?:called|named|known as)",
    "switched_to": r"(?:gone|went|going|moved|changed|come|came) over to|(?:gone|went|going) with|opted for",
    "closes": r"(?:is |are |stays? |stay |'re )?open (?:till|until|to(?= \d))",
    "timeout": r"tim(?:e|es|ed|ing)[- ]outs?",
    "login": r"log(?:s|ged|ging)?[- ]ins?",
    "signup": r"sign(?:s|ed|ing)?[- ]ups?",
    "backup": r"back(?:s|ed|ing)?[- ]ups?(?! (?:to|again))",
    "pickup": r"pick(?:s|ed|ing)?[- ]ups?",
    "checkin": r"check(?:s|ed|ing)?[- ]in",
    "checkout": r"check(?:s|ed|ing)?[- ]out",
    "codebase": r"code base",
    "xboth": r"as well as|as well|in addition(?: to)?|on top(?: of (?:that|it))?|additionally|furthermore|moreover|\btoo\b(?! (?:\w+))|\balso\b|\beither\b(?= *[.,;!]| *$)|another|besides|alongside|(?<!\w)plus(?= )",
    "xexcept": r"except(?:ion)?(?: for)?|unless|only (?:for|when|if|in|on|during)|other than|apart from",
    "minus": r"(?<=\s)-(?=\d)",
}  # fmt: skip
"""Phrases that mean one thing, each replaced by one word; the words that begin with ``x`` are signs, not content."""
_PATTERN = re.compile(
    r"(?:(?<![\w'-])|(?='s))(?=[a-z1'-])(?:"
    + "|".join(f"(?P<{name}>{told})" for name, told in MARKS.items())
    + r")(?!\w)",
    re.IGNORECASE,
)


def marked(text: str) -> str:
    """The text with each known phrase replaced by its word."""
    return _PATTERN.sub(lambda found: f" {(found.lastgroup or '').replace('_', ' ')} ", text)
