"""Whether a text reads like orders to an agent: pure. What does is stored as data and marked; it is never obeyed.

A team's own rules are orders too, to people and agents alike (``never touch the network in tests``), and are not
marked: marked is what speaks past the person, to the reader as a machine. A mark costs the text nothing but its word.
"""

from __future__ import annotations

import re

_BEFORE = r"(?:previous|prior|earlier|preceding|above|foregoing|former|existing|initial|original|system|all|any|other)"
_RULES = (
    r"(?:instructions?|prompts?|directions?|directives?|orders?|guidelines?|guardrails?|programming|context|messages?"
    r"|training)"
)
_AGENT = r"(?:agents?|assistants?|ai models?|ais?|llms?|language models?|chatbots?|bots?|gpt|claude|copilot|nova)"
_REASONS: tuple[tuple[str, str], ...] = (
    (
        "it tells the reader to ignore what it was told",
        (
            rf"\b(?:ignore|disregard|forget|override|bypass|discard|drop"
            rf"|skip)\b(?: \w+){{0,2}}? (?:{_BEFORE}[ ,]+(?:\w+ ){{0,3}}?{_RULES}"
            rf"|(?:your|the) (?:{_BEFORE} )?(?:instructions|system prompt|guidelines|guardrails|programming|training"
            rf"|safety \w+)"
            rf"|(?:everything|all|anything|whatever)(?: that)?(?: you)?(?: (?:were|was|have been|had been|are|is))?"
            r" (?:told|said|written|above|before this|prior to this|instructed)|what (?:you were|you have been"
            r"|i) (?:told|instructed|said)|what came before|the (?:text )?above and)\b"
        ),
    ),
    (
        "it gives the reader another part to play",
        (
            r"\byou are now (?:a|an|the|in|my|no longer|free|unrestricted|\"|'|dan\b|[a-z]+gpt)"
            r"|\byou are no longer (?:a|an|bound|nova|claude|the)\b"
            r"|\bfrom now on,? (?:you(?: are|'re| will| must| shall)|act|behave|respond|answer|reply)\b"
            r"|\b(?:pretend|imagine) (?:that )?(?:you are|you're|to be) (?:a|an|the|my|in|not)\b.{0,80}(?:\bai\b"
            r"|assistant|model|admin|root|agent|unrestricted|without)"
            r"|\bact as (?:an? )?(?:unrestricted|unfiltered|evil|jailbroken|root|admin(?:istrator)?|different (?:ai"
            r"|assistant|model)|linux terminal)\b"
            r"|\b(?:developer|god|dan|sudo|jailbreak) mode (?:is )?(?:enabled|activated|on\b(?! (?:the|a)))"
            r"|\benter (?:developer|god|dan|jailbreak) mode"
            r"|\byour (?:new|real|true|only|actual) (?:task|goal|role|instructions?|objective|purpose|mission"
            r"|identity|job) (?:is|are)\b"
            r"|\bnew (?:system )?(?:instructions|prompt|directive)s? ?(?::|for (?:you|the (?:agent|assistant|model)))"
        ),
    ),
    (
        "it speaks to the reader as a machine",
        (
            rf"\bas an? (?:ai|llm|language model|ai (?:agent|assistant|model|reviewer)"
            rf"|autonomous agent)\b,? .{{0,60}}?\b(?:you|must|should|shall|will|have to|need to)\b"
            rf"|\b(?:dear|attention|hey|hello|note to|message (?:to|for)|instructions? (?:to|for)"
            rf"|important (?:note )?(?:to|for)|memo to|notice to)[ ,:]+"
            rf"(?:the |any |all |every |an? |whichever )?(?:\w+ )?{_AGENT}\b(?=[ ,:.!-]|$)(?! (?:team|users?"
            rf"|developers?|engineers?|authors?|page|review))"
            rf"|\b(?:any|every|all|whichever|if you are an?|if an?) (?:ai|llm|language model"
            rf"|{_AGENT})(?: \w+){{0,3}}? (?:reading|who reads?|that reads?|processing|parsing|summari[sz]ing"
            rf"|reviewing) this\b"
            rf"|\bif you(?:'re| are) (?:an? )?(?:ai|llm|language model|assistant|automated|bot)\b"
            rf"|\b(?:the )?{_AGENT} (?:that|which|who) (?:reads?|sees?|processes) this\b"
        ),
    ),
    (
        "it asks the reader to hide something from the person",
        (
            r"\b(?:do not|don't|dont|never|must not|without) (?:tell(?:ing)?|inform(?:ing)?|alert(?:ing)?"
            r"|notify(?:ing)?|warn(?:ing)?|mention(?:ing)?(?: (?:this|it|any of this))? to|reveal(?:ing)?(?: (?:this"
            r"|it))? to|show(?:ing)?(?: (?:this|it))? to|ask(?:ing)?|consult(?:ing)?)"
            r" (?:the |your |any )?(?:user|human|person|operator|owner|reviewer|developer"
            r"|maintainers?)s?\b(?: for (?:approval|confirmation|permission)| about (?:this|it|these)| (?:that|of"
            r"|what|when|why|first|before)|[.!,;\n]|$)"
            r"|\b(?:keep|hide) this (?:secret |hidden |a secret )?from the (?:user|human|person|operator|developer)"
            r"|\b(?:do not|don't|never) (?:mention|reveal|disclose|repeat|show|output|refer to) (?:this|these"
            r"|the above|any of these|your|the system) (?:instructions?|messages?|notes?|prompts?|text|rules"
            r"|system prompt)"
            r"|\bwithout (?:the )?(?:user|human|person)(?:'s)? (?:noticing|knowing|knowledge|approval|consent)"
        ),
    ),
    (
        "it asks for the reader's own instructions or secrets",
        (
            r"\b(?:reveal|print|show|repeat|output|tell me|give me|leak|send|dump|display|recite|share|exfiltrate"
            r"|upload|post|forward)\b(?: \w+){0,3}? (?:your|the) (?:full |entire |exact |hidden |initial |original "
            r"|own )?(?:system prompt|system message|initial prompt|hidden prompt|hidden instructions"
            r"|secret instructions|developer message)"
            r"|\brepeat (?:everything|all|the (?:text|words)) (?:above|before)"
            r"|\b(?:exfiltrate|send|upload|post|forward|email|leak|curl)\b.{0,60}\b(?:env(?:ironment)? variables"
            r"|\.env|api keys?|credentials|secrets?|ssh keys?|private keys?|passwords|tokens|conversation|memory"
            r"|memories)\b.{0,40}\b(?:to|at)\b.{0,12}(?:https?://|\w+@|\w+\.(?:com|net|io|xyz|ru|tk|example)\b)"
        ),
    ),
    (
        "it orders a decision that is the person's",
        (
            r"\b(?:you|the (?:agent|assistant|model|ai|bot)|agents?|nova|assistants?|ai) (?:must|should|shall|has to"
            r"|have to|will|are to|is to|are required to) (?:always |automatically |immediately |silently |blindly "
            r"|now )?(?:approve|merge|accept|lgtm|rate|rank|recommend|dismiss|whitelist)"
            r"(?: \w+){0,3}? (?:this|these|it|everything|anything|all)\b(?!.{0,20}\b(?:if|once|when|after|unless)\b)"
            r"|\b(?:approve|merge|accept) (?:this|it|everything|all (?:of )?(?:these|changes|requests"
            r"|findings)) (?:immediately|automatically|silently|blindly|at once|without (?:question|review|asking"
            r"|reading|checks?|further))"
            r"|\b(?:do not|don't|never) (?:report|flag|raise|list) (?:any|a single|the) (?:findings?|problems?"
            r"|issues?|vulnerabilit\w+|bugs?|warnings?|concerns?) (?:in|with|about|on|here|for) (?:this|the)\b"
            r"|\b(?:respond|reply|answer) (?:only |just )?with (?:only |just )?[\"'“`](?:approved?|lgtm|yes|ok|safe"
            r"|no (?:issues|findings|problems))"
        ),
    ),
    (
        "it has the tags of a conversation with a model",
        (
            r"<\|?/?(?:im_start|im_end|system|assistant|user|endoftext|eot_id|start_header_id|end_header_id"
            r"|begin_of_text|tool_call|function_calls?|tool_use|tool_result|instructions?|sys|human)\|?>|<</?SYS>>"
            r"|\[/?INST\]|\[/?SYSTEM\]"
            r"|^\s{0,8}(?:#{1,4} |\*\*)?(?:system|assistant|developer)(?: prompt| message| override"
            r"| instruction)?(?:\*\*)?(?: ?:|>).{0,200}\b(?:you|your|must|ignore|obey|always|never|user|respond"
            r"|answer|instructions?|from now on|approve)\b"
            r"|^\s{0,8}(?:Human|User|Assistant): .{0,400}\n+\s{0,8}(?:Assistant|Human|AI|User):"
            r"|[\"'](?:role)[\"']\s{0,3}:\s{0,3}[\"'](?:system|assistant|tool|developer|function)[\"']"
            r"|^#{2,4} ?(?:instruction|response|system)s?:? *$|\bend of (?:system )?prompt\b|\[end of (?:context"
            r"|document|data|input)\]"
        ),
    ),
    (
        "it has the form of a call to a tool",
        (
            r"[\"'](?:tool_calls?|function_call|tool_use|tool_name|recipient_name)[\"']\s{0,3}:|[\"'](?:name|tool"
            r"|function|action)[\"']\s{0,3}:\s{0,3}[\"'][\w.-]{1,60}[\"']\s{0,3},\s{0,6}[\"'](?:arguments|parameters"
            r"|args|input|action_input|tool_input|params)[\"']\s{0,3}:"
            r"|^\s{0,8}Action: ?\w[\w ]{0,40}\n\s{0,8}Action Input:|<invoke name=|<parameter name="
            r"|\b(?:call|invoke|run|execute) (?:the |your )?[`\"']?\w+[`\"']? tool\b.{0,40}\b(?:now|immediately"
            r"|and then|to (?:delete|send|approve|forget|push|merge))\b"
        ),
    ),
)  # fmt: skip
_PATTERNS = tuple((why, re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for why, pattern in _REASONS)
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{1,8}\U000e007f")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ZERO = re.compile("[\u200b\u2060-\u2064\ufeff\u180e\u00ad]")
_JOINED = re.compile("(?<=[A-Za-z0-9 .,])[\u200c\u200d](?=[A-Za-z0-9 .,])")
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2}")
_LONGEST = 200_000
"""Characters of a text that are read for its words, half of them at each end."""


def looks_like_orders(text: str) -> str:
    """Why a text reads like orders to an agent, in words; empty where it does not."""
    if not text.isascii() and (why := _hidden(text)):
        return why
    if len(text) > _LONGEST:
        text = text[: _LONGEST // 2] + "\n" + text[-_LONGEST // 2 :]
    if not text.isascii():
        text = text.translate(_PLAIN)
    return next((why for why, pattern in _PATTERNS if pattern.search(text)), "")


def _hidden(text: str) -> str:
    """Whether there are characters that a person does not see and a model reads."""
    if _TAGS.search(_FLAG.sub("", text)):
        return "it holds letters that nobody sees (Unicode tags)"
    if _BIDI.search(text):
        return "it holds signs that turn the direction of reading"
    if len(_ZERO.findall(text.removeprefix("\ufeff"))) + len(_JOINED.findall(text)) > 1 or _VARIANTS.search(text):
        return "it holds signs of no width inside its words"
    return ""


_PLAIN = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "“": '"', "”": '"', "\xa0": " ", "\u200b": "", "\u200c": "", "\u200d": ""}
)
"""Signs that look like others, as those."""
