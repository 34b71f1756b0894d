"""What a person wants of memory, read from their own words: to keep, to replace, to forget, or to ask. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass


def _any(*words: str) -> str:
    """One of some expressions."""
    return f"(?:{'|'.join(words)})"


_POLITE = re.compile(
    rf"^\s*(?:{_any('please', 'pls', 'hey', 'ok', 'okay', 'nova', 'and', 'also', 'fyi', 'heads up', 'for the record')}"
    rf"[\s,:]+|{_any('can', 'could', 'would', 'will')} you[\s,:]+|i want you to\s+|just so you know[\s,:]+|"
    r"@\w[\w-]*[\s,:]+)+",
    re.IGNORECASE,
)
_THE_MEMORY = r"(?:the|my|that|this) (?:note|fact|decision|instruction|rule|goal|thing|memory|one)s?"
_FORGET = re.compile(
    r"^(?:/forget|forget|delete|erase|drop|remove|throw away|unlearn|wipe)\b[\s:]*(?:everything |all )?"
    rf"(?:(?:that|what|{_THE_MEMORY}|notes|about)\b\s*)*(?:i (?:said|told you)\s+)?(?:about|on|that|saying|from)?\s*",
    re.IGNORECASE,
)
_KEEPING = _any(
    "/remember", "remember", "note to self", "make a note", "take (?:a )?note", "take (?:this|that) down", "take down",
    "write (?:this |that )?down", "jot down", "note", "save", "store", "keep in mind", "keep a (?:record|note)", "keep",
    "log", "record", "add a (?:note|rule|goal)", "add to (?:my|the) notes", "add (?:this )?to memory",
    "put (?:this )?in (?:your )?memory", "put down", "file", "archive", "import", "memori[sz]e", "don'?t forget",
)  # fmt: skip
_KEEP = re.compile(
    rf"^{_KEEPING}\b[\s:,]*(?:(?:this|these notes|the following|that|of|down|about|as|for (?:later|me))\b[\s:,]*)*",
    re.IGNORECASE,
)
_WE_DECIDED = (
    r"\b(?:we|i|the team|they|we've|i've)(?: have| finally| just| all)? (?:decided|agreed|settled|chose|chosen|opted)\b"
)
_DECISION = re.compile(
    rf"^(?:the |a |new )?decision(?: (?:is|was))?\s*[:,]?\s+|^decided\s*:?\s+|{_WE_DECIDED}", re.IGNORECASE
)
_DECISION_HEAD = re.compile(
    r"^(?:the |a |new )?(?:decision(?: (?:is|was))?|decided)\s*[:,]?\s+(?:to (?=\w))?", re.IGNORECASE
)
_INSTRUCTION = re.compile(
    r"\bfrom now on\b|\balways\b|\bnever\b|^(?:the |a |as a |new )?(?:rule|instruction)s?\b"
    r"|\bi (?:prefer|want|like|hate|don'?t want)\b|^don'?t\b|^do not\b|^(?:use|avoid|prefer)\b",
    re.IGNORECASE,
)
_GOAL = re.compile(r"^(?:the |our |my |a |new )?goal\b|\b(?:our|my) goal\b|\bwe want to reach\b", re.IGNORECASE)
_GOAL_HEAD = re.compile(r"^(?:the |our |my |a |new )?goal\s*:\s*", re.IGNORECASE)
_FACT = re.compile(r"^(?:the )?facts?\s*:\s*", re.IGNORECASE)
_BECAUSE = re.compile(r",?\s+(?:because(?: of)?|since|due to|as|the reason is|reason:)\s+(?=\S)", re.IGNORECASE)
_IS = _any("is", "are", "was", "were", "has", "have", "runs?", "lives?", "moved", "goes", "uses?")
_NOW = re.compile(rf"\b{_IS}\s+(?:now|no longer)\b|\bno longer\b|\bnot .+ any ?more\b|\bnow\b[\s.!]*$", re.IGNORECASE)
_OUTDATED = re.compile(
    r"^(?:(?:that'?s|that is|thats|this is) (?:outdated|wrong|old|not true|no longer true)[\s,.:;]*|correction\s*:?\s*|"
    r"correct (?:that|this)\s*:?\s*|update\s*:?\s*|actually[\s,]+|change (?:that|this) to\s*:?\s*|"
    r"instead of (?:what i (?:said|told you)[^,]*|that|this)[\s,]+|instead\s*:?\s*)",
    re.IGNORECASE,
)
_SWAP = re.compile(
    r"^(?:replace|change|update)\s+(?:the |my )?(?:old )?(?P<old>.+?)\s+(?:with|to|by)\s+(?P<new>.+)$", re.IGNORECASE
)
_EVERYWHERE = re.compile(r"\b(?:everywhere|in (?:all|every) (?:my )?(?:project|repo\w*?)s?|globally)\b", re.IGNORECASE)
_NOTHING = re.compile(
    r"^(?:it|this|that|these|those|notes?|meeting notes|the following|the following decision|decision|an? \w+"
    r"|all of this|everything|(?:this )?(?:conversation|chat|note|decision))?[\s.!?:]*$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^(?:/recall|what(?:'s|s)?|why|when|who|where|which|how|have|did|do|does|is there|are there|recall|show|tell|"
    r"bring|any(?:thing)?|remind|refresh|look up|look in|pull up|find)\b",
    re.IGNORECASE,
)
_LEADING = (
    "what", "what's", "whats", "why", "when", "who", "where", "which", "how", "do", "does", "did", "have", "has", "was",
    "were", "is", "are", "am", "there", "any", "anything", "something", "everything", "all", "should", "would", "could",
    "can", "need", "must", "you", "we", "they", "i", "me", "us", "my", "our", "your", "the", "a", "an", "to", "that",
    "thing", "of", "ever", "already", "last", "again", "before", "still", "remember", "recall", "know", "known", "note",
    "noted", "notes", "say", "said", "tell", "told", "talked", "mention", "mentioned", "write", "wrote", "written",
    "down", "decide", "decided", "decision", "decisions", "agree", "agreed", "chose", "choose", "think", "about", "on",
    "in", "for", "from", "regarding", "concerning", "with", "memory", "memories", "matter", "matters", "relevant",
    "keep", "mind", "context", "now", "right", "reason", "rule", "rules", "standing", "instruction", "instructions",
    "valid", "past", "background", "information", "wanted",
)  # fmt: skip
_LEAD = re.compile(
    r"^(?:/recall\b|recall\b|remind me\b|show me\b|show\b|tell me\b|bring up\b|bring back\b|pull up\b|look up\b|find\b|"
    r"refresh my memory\b|look in your memory\b|search(?: memory)?(?: for)?\b)?\s*"
    rf"(?:{_any(*map(re.escape, _LEADING))}(?:'s)?(?![\w'])[\s,:]*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Intake:
    """What is to be done: ``keep``, ``replace`` or ``forget``, with what; ``value`` is empty where nothing was said."""

    action: str
    value: str
    kind: str = "note"
    because: str = ""
    about: str = ""
    """For a replacement, what it is about."""
    everywhere: bool = False


def read(text: str) -> Intake:
    """What a message to the archivist asks for, in the person's own words."""
    bare = _POLITE.sub("", " ".join(text.split())).strip()
    everywhere = bool(_EVERYWHERE.search(bare))
    forgotten = _FORGET.match(bare)
    if forgotten:
        value = bare[forgotten.end() :].strip(" .!?\"'")
        return Intake("forget", "" if _NOTHING.match(value) else value, everywhere=everywhere)
    swap = _SWAP.match(bare)
    if swap:
        new = swap["new"].strip()
        value = new if len(new.split()) > 3 else f"{swap['old']}: {new}"
        return Intake("replace", value, _kind(swap["old"], swap["old"]), about=swap["old"], everywhere=everywhere)
    outdated, kept = _OUTDATED.match(bare), _KEEP.match(bare)
    head = kept or outdated
    value = bare[head.end() :] if head else bare
    kind = _kind(value, bare[: len(bare) - len(value)])
    value = _FACT.sub("", _GOAL_HEAD.sub("", _DECISION_HEAD.sub("", value) if kind == "decision" else value))
    value = re.sub(r"^that\s+", "", value, flags=re.IGNORECASE).strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].strip()
    if _NOTHING.match(value):
        return Intake("keep", "", kind, everywhere=everywhere)
    if outdated or (not kept and kind == "note" and _NOW.search(value)):
        return Intake("replace", value, "fact", about=_about(value), everywhere=everywhere)
    because = ""
    if kind in {"decision", "instruction"}:
        value, *rest = _BECAUSE.split(value, maxsplit=1)
        because = rest[0].rstrip(" .") if rest else ""
    return Intake("keep", value.rstrip(" ,"), kind, because, everywhere=everywhere)


def _kind(value: str, before: str) -> str:
    """The kind of memory, by the words of what is said and of what stands before it."""
    if _DECISION.search(value) or re.search(r"\b(?:decision|decided|agreed)\b", before, re.IGNORECASE):
        return "decision"
    if _GOAL.search(value) or re.search(r"\bgoal\b", before, re.IGNORECASE):
        return "goal"
    if _INSTRUCTION.search(value) or re.search(r"\brule\b", before, re.IGNORECASE):
        return "instruction"
    return "fact" if _FACT.match(value) else "note"


def _about(value: str) -> str:
    """The subject of a sentence: what stands before its verb; all of it where that is only a pronoun."""
    found = re.match(rf"(?:the |our |my )?(.+?)\s+{_IS}\b", value, re.IGNORECASE)
    about = found[1] if found else value
    return value if about.lower() in {"we", "i", "it", "they", "you", "that", "this"} else about


def is_bare_answer(text: str) -> bool:
    """Whether a message only says yes or no: it answers something, and tells nothing."""
    return text.strip(" .!").casefold() in {"y", "yes", "yep", "yeah", "ok", "okay", "sure", "n", "no", "nope"}


def is_question(text: str) -> bool:
    """Whether a message asks rather than tells."""
    bare = _POLITE.sub("", text.strip())
    return bool(_ASKING.match(bare)) or bare.rstrip().endswith("?")


def topic(text: str) -> str:
    """What a question is about, without the words that only make it a question; empty where that is all there is."""
    bare = _POLITE.sub("", " ".join(text.split())).strip(" ?!.")
    return _LEAD.sub("", bare).strip(" ?!.\"'")
