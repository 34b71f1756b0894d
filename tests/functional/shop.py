"""A small shop with a past: what the tools and agents are tried on; and agents' tools without the gate."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nova.errors import NovaError
from nova.orchestrator.handoff import Task
from nova.orchestrator.tool import Queued, Refused, ToolFailed
from nova.tools import World, bound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.functional.repositories import Repository

CART = """\
from shop.tax import rate


class Cart:
    \"\"\"Holds goods. Until they are paid.\"\"\"

    def total(self, rows, seen=[]):
        \"\"\"The sum of all rows.\"\"\"
        result = 0
        for row in rows:
            if row in seen:
                continue
            seen.append(row)
            result += row.price * rate(row)
        return result

    def _unused(self):
        return 1
"""
TAX = """\
import subprocess


def rate(row):
    if row is None:
        raise ValueError("no row")
    return eval(row.rule)


def run(command):
    return subprocess.run(command, shell=True)
"""
USER = """\
import os

from shop import cart


def buy(rows):
    return cart.Cart().total(rows)
"""


def shop(repository: Repository) -> World:
    """The shop with four commits, of which the second speaks of a fault and the last takes the third back."""
    repository.write("shop/__init__.py", "")
    repository.write("shop/tax.py", TAX)
    repository.write("shop/cart.py", CART.replace("result += row.price * rate(row)", "result += row.price"))
    repository.commit("Begin the shop")
    repository.write("shop/cart.py", CART)
    repository.commit("fix: taxes were left out\n\nThe rate counts for every row.")
    repository.write("shop/user.py", USER)
    third = repository.commit("Let users buy")
    repository.write("shop/user.py", USER.replace("rows", "goods"))
    repository.commit(f'Revert "Let users buy"\n\nThis reverts commit {third}.')
    return World(repository.path, repository.path.parent / "nova.duckdb")


@dataclass
class Direct:
    """The tools of a world as a handler is given them, with nobody in between; ``word`` answers every write."""

    world: World
    word: bool | None = True
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)

    def call(self, name: str, /, **arguments: Any) -> Any:
        """The tool's answer, as a record would give it back."""
        self.calls.append((name, arguments))
        tool = bound([name], self.world)[name]
        if tool.writes:
            assert tool.effect is not None
            self.effects.append(tool.effect(**arguments))
            if self.word is not True:
                raise (Queued if self.word is None else Refused)(
                    "it waits" if self.word is None else "the person said no"
                )
        try:
            return json.loads(json.dumps(tool.work(f"key-{len(self.calls)}", **arguments)))
        except NovaError as error:
            raise ToolFailed(error.what) from error

    def say(self, text: str) -> None:
        """Kept for the test."""
        self.said.append(text)


def task(message: str, *answers: str, options: Mapping[str, Any] | None = None, returned: Any = ()) -> Task:
    """A task as the orchestrator makes it for a person's message."""
    return Task(
        "turn",
        "agent",
        answers[-1] if answers else message,
        message,
        answers=answers,
        options=options or {},
        returned=returned,
    )


def log(folder: Path, name: str, *lines: str) -> str:
    """A log file with these lines; returns its path."""
    place = folder / name
    place.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return str(place)
