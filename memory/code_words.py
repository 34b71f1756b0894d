"""The words by which a piece of code is found, and those of a question about code. Pure.

The stems are those of ``memory.search``, taken two steps further: one ending more is dropped (``iterator`` meets
``iterate``), and a usual abbreviation becomes the word that it stands for (``str`` meets ``string``), on both sides.
Fields weigh by repetition, as in BM25F (Robertson, Zaragoza and Taylor, 2004): what indexes words with their counts,
and ranks by BM25, needs to know nothing of fields.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from functools import lru_cache

from memory.search import words

NAME = 2
"""How often the name of what a piece of code defines counts, beside its place in the code."""
SUMMARY = 1
"""The same of the first paragraph of its docstring."""
LONGEST = 100_000
"""Characters of a piece of code that is parsed; of a longer one only the names of definitions are looked for."""
_SYNTAX = re.compile(r"\b(?:def|elif|self|cls|return)\b")
_DEFINED = re.compile(
    r"^[ \t]*(?:(?:abstract|async|default|export|final|private|protected|pub|public|static)[ \t]+){0,4}"
    r"(?:class|def|fn|func|function)[ \t]+(\w+)",
    re.MULTILINE,
)
"""A definition in what is no Python: of another language, or cut off."""
_HUMP = re.compile(r"_+|(?<=[a-z0-9])(?=[A-Z])")
_ENDINGS = (
    ("ization", "iz"), ("isation", "is"), ("ation", "at"), ("ator", "at"), ("er", ""), ("or", ""), ("ment", ""),
    ("ly", ""), ("abl", ""),
)  # fmt: skip
_ROOT = 4
"""Letters that are left of a word at least when one of these endings is dropped."""
_ABBREVIATIONS = """
address addr; argument arg; array arr ndarray; asynchronous async; attribute attr; authentication auth; average avg;
axis ax axes; binary bin; boolean bool; calculate calc; character char; column col; command cmd; compare cmp;
concatenate concat; configuration config cfg conf; connection conn; context ctx; current cur curr; database db;
dataframe df; delete del; description desc; destination dest dst; dictionary dict; difference diff; directory dir;
document doc; element elem; environment env; error err; evaluate eval; execute exec; extension ext; figure fig;
format fmt; function func; generate gen; hexadecimal hex; image img; index idx; initialize initialise init; integer int;
length len; library lib; lowercase lower; matplotlib plt; matrix mat; maximum max; message msg; minimum min; number num;
numpy np; object obj; package pkg; pandas pd; parameter param; password passwd pwd; position pos; previous prev;
process proc; random rand; reference ref; regexp regex; representation repr; request req; response resp;
separator sep; sequence seq; source src; string str; synchronous sync; temporary temp tmp; uppercase upper; value val;
variable var; vector vec
"""
_SAYS_NOTHING = "python py python2 python3 code program example way use using"
"""Words of questions about code that hardly tell one piece from another."""


def terms(code: str) -> tuple[str, ...]:
    """The words of a piece of code, each as often as it weighs: names split, the words of its comments and strings too.

    Anything may be given: what does not parse as Python is read as text.
    """
    names, summaries = _told(code)
    found = _roots(_SYNTAX.sub(" ", code))
    return (*found, *_roots(" ".join(names)) * NAME, *_roots(" ".join(summaries)) * SUMMARY)


def asked(question: str) -> tuple[str, ...]:
    """The different words of a question about code, in their order; all of them if none would be left."""
    found = tuple(dict.fromkeys(_roots(question)))
    return tuple(word for word in found if word not in _silent()) or found


def spoken(code: str) -> str:
    """What an embedder is given of a piece of code: the words of its name, what its docstring says first, the code."""
    names, summaries = _told(code)
    return "\n".join((" ".join((*(_HUMP.sub(" ", name).strip().lower() for name in names), *summaries)), code)).strip()


def _told(code: str) -> tuple[list[str], list[str]]:
    """The names that a piece of code defines, and the first paragraphs of their docstrings."""
    tree = _parsed(code)
    if tree is None:
        return _DEFINED.findall(code), []
    defined = [node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    docstrings = [ast.get_docstring(node) for node in (tree, *defined)]
    return [node.name for node in defined], [text.partition("\n\n")[0] for text in docstrings if text]


def _parsed(code: str) -> ast.Module | None:
    if len(code) > LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of another's escape sequences
            return ast.parse(textwrap.dedent(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _roots(text: str) -> list[str]:
    return [_written_out().get(root, root) for root in map(_root, words(text))]


@lru_cache(maxsize=1 << 15)
def _root(stem: str) -> str:
    """A stem without one ending more, and with no doubled letter left at its end."""
    for ending, instead in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= _ROOT:
            stem = stem.removesuffix(ending) + instead
            break
    return stem[:-1] if len(stem) >= _ROOT and stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem


@lru_cache(maxsize=1)
def _written_out() -> dict[str, str]:
    """The root that stands for that of each abbreviation."""
    lines = [[_root(stem) for stem in words(line)] for line in _ABBREVIATIONS.split(";")]
    return {short: whole for whole, *shorts in lines for short in shorts}


@lru_cache(maxsize=1)
def _silent() -> frozenset[str]:
    return frozenset(_roots(_SAYS_NOTHING))
