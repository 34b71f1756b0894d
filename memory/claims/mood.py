"""How a clause is meant: as a fact, a plan, a question, an opinion, a condition, or of an earlier time."""

# ruff: noqa: E501 -- a pattern is easier to follow with one subject a line

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from memory.claims.parts import Mood
from memory.claims.verbs import NOW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory.claims.tokens import Clause, Token

_PLAN = re.compile(
    r"\b(?:might|maybe|perhaps|possibly|thinking (?:of|about)|consider(?:s|ed|ing)?|plan(?:s|ning)? (?:to|on)|plan is to|want(?:s|ed|ing)? to|would (?:like|love) to"
    r"|'d (?:like|love) to|hop(?:es?|ing) to|should (?:we|i|it|they)\b|we should|i should|could (?:we|also|one)|we could|it would|would be|proposal|propos(?:es?|ed|ing)|suggest\w*|idea:?|ideas"
    r"|wonder\w*|what if|how about|someday|some day|eventually|sooner or later|at some point|going to (?:try|look|evaluate|consider)|evaluat(?:e|ing)|looking (?:at|into)|investigat\w+|discuss\w*|debat\w+|toying with"
    r"|next year (?:we|i)|would prefer if|wish\w*|aim(?:s|ing)? to|intend\w*|tempted|pilot|try(?:ing)? out|experiment(?:s|ing)? with|prototyping|tbd|todo:?|rumou?rs?|there is talk|talk of|ask(?:ed|s|ing)? (?:for|about|if|whether)"
    r"|need to (?:decide|discuss|think)|may (?:move|switch|change|become|have to|need|be|get|use|want|end|go|drop|replace|raise|want)|lobbying|dream\w*|requested|candidate)\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(r"\b(?:decided|agreed|settled|resolved)\b", re.IGNORECASE)
_OPINION = re.compile(
    r"\b(?:thinks|believes|reckons|feels|argues|claims|thought that|finds|would rather we|is of the opinion|recommend\w*|advis\w+|read that|heard that)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^\W*(?:if|in case|should the|suppos\w+|assuming|were we)\b|\b(?:if|in case|provided that)\s+(?:we|the|it|you|they|he|she|i|a|an|this|that|there|\w+ (?:is|are|fails?|find))\b|\bwould(?:n't)? (?:be|need|cost|take|have|move|make)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:xusedto|xlast)\b|^(?:in|until|till|before|back in) (?:early |late )?(?:19|20)\d\d|\b(?:was|were|had|used|did|ran|\w+ed)\b.*\b(?:in|until|till|before) (?:19|20)\d\d|\b(?:(?:until|till) (?:last )?\w+,? (?:we|i|it|they|he|she|the) (?:used|had|was|were|ran|went|lived|worked|did|\w+ed)\b|before (?:that|the move|20\d\d|19\d\d)"
    r"|at the time|once (?:had|was|were|used|lived|worked)|(?:had been|hadn't)|as a (?:child|kid|student)|(?:\w+ )?years? ago|months? ago|when (?:i|we) (?:was|were)|was .* until|were .* until|used .* until|ran .* until|had .* until|lived .* until|worked .* until|started (?:out|off) (?:on|with|in)|day one)",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signs:
    """What the clauses of a sentence so far say of how it is meant."""

    mood: Mood = Mood.FACT
    correction: bool = False
    now: bool = False
    added: bool = False
    narrow: bool = False

    def joined(self, other: Signs) -> Signs:
        """These with those of the next clause of the sentence."""
        mood = other.mood if other.mood or other.now else self.mood
        return replace(
            other, mood=mood, correction=self.correction or other.correction, narrow=self.narrow or other.narrow
        )


def signs_of(part: Sequence[Token], clause: Clause) -> Signs:
    """What a clause says of how it is meant."""
    lows = [token.low for token in part]
    said = " ".join(token.text if token.value else token.low for token in part)
    have = set(lows)
    mood = Mood.FACT
    if clause.asked or (
        lows
        and lows[0] in {"should", "could", "can", "why", "whether", "does", "do", "shall"}
        and len(lows) > 2
        and lows[1] != "not"
    ):
        mood = Mood.QUESTION
    elif _CONDITION.search(said):
        mood = Mood.CONDITION
    elif _PLAN.search(said) and not _DECIDED.search(said):
        mood = Mood.PLAN
    elif _OPINION.search(said):
        mood = Mood.OPINION
    elif _PAST.search(said):
        mood = Mood.PAST
    return Signs(
        mood,
        correction=not have.isdisjoint({"xcorrection", "xchangedmind", "actually"}),
        now=not have.isdisjoint(NOW | {"xnow", "xanymore"}),
        added="xboth" in have,
        narrow="xexcept" in have,
    )
