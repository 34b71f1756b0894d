"""``nova forget``: erases memories for good, after it has shown which, and says what it erased and what not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nova.cli.flags import add_format, add_target, command

if TYPE_CHECKING:
    import argparse

    from memory import Item, Memory

    Named = tuple[str, Item]
    """A memory with its target."""

SHORTEST_ID = 4
_ID = re.compile(r"[0-9a-fA-F]{4,16}")
MOST = 9
"""Memories that are listed to choose from."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "forget", "erase memories for good",
        "Erase memories for good: out of the database, out of the journal, and out of the records of turns. Named by "
        "ids or their beginnings; words are looked for, listed, and never guessed at.",
        "nova forget 3f2a91bc",
    )  # fmt: skip
    parser.add_argument("named", nargs="+", metavar="ID|TEXT", help="ids, or words of what is to be forgotten")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_target(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Find what is meant, ask, erase it, and say what was erased."""
    from nova.cli.here import is_terminal, memory_of
    from nova.errors import UsageError

    asks = is_terminal() and given.format == "text"
    with memory_of(given) as (memory, _):
        meant, by_words = _meant(memory, given.named)
    if by_words:
        meant = _chosen(meant, " ".join(given.named)) if asks else _unsure(meant, " ".join(given.named))
        if not meant:
            return _nothing()
    if not given.yes:
        if not asks:
            raise UsageError(
                f"this would erase {_counted(meant)} for good: {_listed(meant)}", next_step="add --yes to erase them"
            )
        if not _agreed(meant):
            return _nothing()
    return _erase(given, meant)


def _meant(memory: Memory, words: list[str]) -> tuple[list[Named], bool]:
    """The memories that ids name; or those that words find, and that it were words. Raises ``UsageError``."""
    from memory import Kind
    from nova.errors import UsageError
    from nova.report.memories import quoted

    targets = ["", *memory.targets()]
    by_id = {word: memory.beginning(targets, word.lower()) for word in words if _ID.fullmatch(word)}
    if len(by_id) < len(set(words)) or not all(by_id.values()):
        unknown = [word for word in words if not by_id.get(word)]
        is_id = len(words) == 1 and _ID.fullmatch(words[0]) and any(c.isdigit() for c in words[0])
        if len(words) > len(unknown) or is_id:
            raise UsageError(f"no memory has the id {unknown[0]}", next_step="nova recall shows ids")
        return _found(memory, targets, " ".join(words)), True
    meant: dict[tuple[str, str], Named] = {}
    for word, fits in by_id.items():
        if len({(target, item.id) for target, item in fits}) > 1:
            told = "; ".join(quoted(item) for _, item in fits[:5])
            raise UsageError(f"{word} is the beginning of {len(fits)} memories", next_step=f"one of: {told}")
        for target, item in fits:
            if item.kind == Kind.PROJECT:
                how = f'nova project archive "{item.subject}"'
                raise UsageError("a project is archived, not forgotten", next_step=how)
            meant[target, item.id] = (target, item)
    return list(meant.values()), False


def _found(memory: Memory, targets: list[str], text: str) -> list[Named]:
    """The memories that hold the words, first those that hold them as they stand; then what a search finds."""
    from memory import Kind, Query, words
    from memory.item import KEPT

    low, wanted = " ".join(text.casefold().split()), set(words(text))
    exact: list[Named] = []
    every: list[Named] = []
    for target in dict.fromkeys(targets):
        for item in memory.items(target):
            if item.forgotten or item.kind == Kind.PROJECT:
                continue
            said = " ".join(f"{item.subject} {item.value} {item.because}".casefold().split())
            if low in said:
                exact.append((target, item))
            elif wanted and wanted <= set(words(said)):
                every.append((target, item))
    query = Query(text, targets=tuple(dict.fromkeys(targets)), standing=False, past=True, most=MOST)
    found = [(one.target, one.item) for one in memory.recall(query) if one.item.kind in KEPT]
    return list({(target, item.id): (target, item) for target, item in (*exact, *every, *found)}.values())


def _unsure(meant: list[Named], words: str) -> list[Named]:
    """Where nobody can be asked, words are not enough. Raises ``UsageError``."""
    from nova.errors import UsageError
    from nova.report.memories import name_of

    if not meant:
        raise UsageError(f'nothing is kept that says "{words}"', next_step="nova recall shows what is kept")
    raise UsageError(
        f"words may mean more than one memory: {_listed(meant)}",
        next_step=f"name those that are meant by their ids:  nova forget {name_of(meant[0][1])} --yes",
    )


def _chosen(meant: list[Named], words: str) -> list[Named]:
    """Those that the person chooses out of a list."""
    from nova.cli import output
    from nova.cli.here import asked
    from nova.errors import UsageError

    if not meant:
        raise UsageError(f'nothing is kept that says "{words}"', next_step="nova recall shows what is kept")
    some = meant[:MOST]
    output.put("\n".join(f"  {number}  {_told(one)}" for number, one in enumerate(some, 1)))
    if len(meant) > MOST:
        output.put(f"  and {len(meant) - MOST} more; say more words to see them")
    answer = asked("Which? numbers, all, or nothing: ").casefold()
    if answer == "all":
        return some
    numbers = re.findall(r"\d+", answer)
    if any(not 1 <= int(number) <= len(some) for number in numbers):
        raise UsageError(f"{answer} names none of the {len(some)}", next_step="nothing was forgotten; ask again")
    return [some[int(number) - 1] for number in dict.fromkeys(numbers)]


def _agreed(meant: list[Named]) -> bool:
    from nova.cli import output
    from nova.cli.here import asked

    output.put("\n".join(f"  {_told(one)}" for one in meant))
    return asked(f"Erase {_counted(meant)} for good? [y/N] ").casefold() in {"y", "yes"}


def _nothing() -> int:
    from nova.cli import output

    output.put("Nothing was forgotten.")
    return 0


def _erase(given: argparse.Namespace, meant: list[Named]) -> int:
    from nova import moments, quotes
    from nova.cli.here import here, memory_of, put
    from nova.config import places

    place = here(given, (), "nova forget")
    told: list[Any] = []
    with memory_of(given) as (memory, _):
        for target in dict.fromkeys(target for target, _ in meant):
            ids = [item.id for where, item in meant if where == target]
            told.append(memory.forget(target, ids, place.who, moments.now()[0]))
    texts = [text for _, item in meant for text in (item.value, item.because)]
    quoted = quotes.erase(places().data / "turns", texts) if given.db is None else quotes.Quoted((), ())
    data = {
        "erased": [{"id": item.id, "kind": str(item.kind), "target": target} for target, item in meant],
        "events": sum(one.events for one in told), "bytes": sum(one.bytes for one in told),
        "files": sorted({name for one in told for name in one.files}),
        "turns": list(quoted.erased), "left": [*dict.fromkeys(s for one in told for s in one.left), *quoted.left],
    }  # fmt: skip
    put(given, data, _said(data))
    return 0


def _said(data: dict[str, Any]) -> str:
    from nova.report.characters import sentence

    ids = ", ".join(f"{one['kind']} {one['id'][:8]}" for one in data["erased"])
    lines = [f"Erased for good: {ids}."]
    if not data["events"] and not data["bytes"]:
        lines = [f"Erased before: {ids}."]
    else:
        lines.append(f"  {data['bytes']:,} bytes of text, {data['events']} events, in {', '.join(data['files'])}")
    if data["turns"]:
        lines.append(f"  taken out of the records of {len(data['turns'])} turns: {', '.join(data['turns'][:5])}")
    lines += [f"  left: {sentence(line)}" for line in data["left"]]
    lines.append("  Backups and copies of these files that others made hold it still.")
    return "\n".join(lines)


def _told(one: Named) -> str:
    from memory.wording import text_of
    from nova.report.memories import cut, day_of, name_of

    target, item = one
    place = "" if target else ", everywhere"
    text = cut(text_of(item), 200) or "(forgotten before)"
    return f"{name_of(item)}  {text}  ({item.kind}, {day_of(item.valid_from)}{place})"


def _listed(meant: list[Named]) -> str:
    more = f"; and {len(meant) - MOST} more" if len(meant) > MOST else ""
    return "; ".join(map(_told, meant[:MOST])) + more


def _counted(meant: list[Named]) -> str:
    return f"{len(meant)} memor{'y' if len(meant) == 1 else 'ies'}"
