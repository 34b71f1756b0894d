"""Whether a message opens another matter or goes on with the present one: what the floor is given up for.

The weights were learnt on the train split of the schema-guided dialogues (google-research-datasets/
dstc8-schema-guided-dialogue), the bar was chosen on its development split: ``make bench-swarm ARGS="--tune"`` prints
both anew. Nothing in them knows a service of those dialogues, so they hold for any roster.
"""

from __future__ import annotations

import re
from math import inf, log, log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nova.orchestrator.classifier import Told

FARTHEST = 8.0
"""What is farther apart than this is as good as apart for ever."""
STRANGEST = 3.0
LEAST = 1e-6
FULL = 4
"""Words of its own; a message with more of them is no likelier to open another matter."""
BRIEF = 5
"""Words in all: a message this long can ask for something without a word of its own ("what did i do this week")."""
FEW = 2
"""Words of its own that a message may have and still only go on with what was said before."""

_CUE = re.compile(
    r"\b(also|another|something else|one more|next|besides|by the way|btw|additionally|as well|then|now|new|instead|"
    r"in addition|after that|meanwhile)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(i (want|need|would like|am looking|wish|have to|must)|i'd like|i'm looking|looking (for|to)|(can|could|would|"
    r"will) you|please|help me|find|search|get me|show|give me|tell me|make|set|check|let's|let me|is there|are there|"
    r"do you|what's|what is|how)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\b(thanks|thank you|that('s| is) (all|it)|bye|nothing else|no more|that will be all)\b", re.IGNORECASE
)

_CONTINUING = re.compile(
    r"\W*((and|or|but|also)\s+(in|on|for|from|with|of|the|that|this|these|those|to)|what about|how about|same|only|"
    r"just|not|in|on|from|with|without|the)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[.'/_-]+[^\W_]+)*")
_SMALL = """
a about actually after again ah all alright also always am an and another any anything are aren't as at away back bad
be because been before being best better between bit both but by bye can can't cannot could day days did didn't do
does doesn't doing don't done each eight either else enough every everything exact exactly few fine first five for
four fourth friday from further get give go going gonna good got gotcha great had has hasn't have haven't he hello
help her here hers hey hi him his hm hmm how i i'd i'll i'm i've if in instead into is isn't it it's its itself just
keep kind know last later least less let let's like list little long longer look lot lots made make many matter may
maybe me mean meant might mine monday month months more most much must my nah need needed neither never next nice nine
no none nope nor not nothing now number of off often oh ok okay on once one ones only open or other others otherwise
our ours out over own part per perfect perhaps please possible probably put quite rather really right same saturday
say saying second see seems set seven several shall she short should show since six so some someone something soon
sorry still stop such sunday sure take tell ten than thank thanks that that's the their them then there there's these
they thing things think third this those though three through thursday time times to today tomorrow too top totally
true try tuesday two under understand until up us use very want wanted was wasn't we wednesday week weeks well went
were what what's whatever when where which while who whole whom whose why will wish with without won't would wouldn't
yeah year years yep yes yesterday yet you you'd you're your yours yup zero
"""
_EMPTY = frozenset(_SMALL.split())
"""Words that say nothing of what a message is about."""

SIGNS = ("ahead", "fits", "present", "cue", "wish", "closing", "own")
"""What is looked at, in the order of ``signs``."""
WEIGHTS: tuple[float, ...] = (0.332, 2.894, -0.716, 1.192, 1.461, 2.086, 2.947)
OFFSET = -6.617
MARGIN = -0.5
"""How far above even the other must stand before the floor moves to it."""


def signs(text: str, told: Told, active: str, other: str) -> tuple[float, ...]:
    """What speaks for the other agent and against the active one, as numbers."""
    ahead = log(max(told.chances[other], LEAST)) - log(max(told.chances[active], LEAST))
    return (
        max(-FARTHEST, min(ahead, FARTHEST)),
        _bounded(told.familiar[other]),
        _bounded(told.familiar[active]),
        float(_CUE.search(text) is not None),
        float(_WISH.search(text) is not None),
        float(_CLOSING.search(text) is not None),
        log1p(min(own_words(text), FULL)),
    )


def _goes_on(text: str) -> bool:
    own = own_words(text)
    return (own == 0 and len(text.split()) < BRIEF) or (own <= FEW and _CONTINUING.match(text) is not None)


def own_words(text: str) -> int:
    """How many words of a message say something of what it is about; numbers and small words do not."""
    found = _WORD.findall(text.casefold().replace("\u2019", "'"))
    return sum(1 for word in found if word not in _EMPTY and not word[0].isdigit() and len(word) > 1)


def pull(text: str, told: Told, active: str, other: str) -> float:
    """How strongly a message asks for the other agent; above ``MARGIN`` the floor moves.

    A short message without a word of its own ("the second one", "yes, do that"), or one that goes on where the last one
    stopped ("and in git.py?"), asks for nobody.
    """
    if _goes_on(text):
        return -inf
    return OFFSET + sum(weight * sign for weight, sign in zip(WEIGHTS, signs(text, told, active, other), strict=True))


def _bounded(value: float) -> float:
    return max(-STRANGEST, min(value, STRANGEST))
