"""Pages that are made from the code: written, or compared with what the folder holds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parent.parent


def stale(pages: Mapping[Path, str], folder: Path | None = None) -> list[str]:
    """What is wrong with the pages on disk, a sentence each; ``folder`` may hold no other Markdown than these."""
    said = []
    for path, text in pages.items():
        if not path.exists():
            said.append(f"{path.relative_to(ROOT)} is missing")
        elif path.read_text(encoding="utf-8") != text:
            said.append(f"{path.relative_to(ROOT)} does not say what the code says")
    said += [f"{path.relative_to(ROOT)} belongs to nothing" for path in _left_over(pages, folder)]
    return sorted(said)


def write(pages: Mapping[Path, str], folder: Path | None = None) -> None:
    """Make the pages on disk what they should be."""
    for path in _left_over(pages, folder):
        path.unlink()
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main(purpose: str, pages: Callable[[], Mapping[Path, str]], folder: Path | None = None) -> int:
    """The command line that all scripts for documents share; exit code 1 where ``--check`` found a stale page."""
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is not current")
    if not parser.parse_args().check:
        write(pages(), folder)
        return 0
    said = stale(pages(), folder)
    for sentence in said:
        print(sentence, file=sys.stderr)
    if said:
        print("run `make docs` and look at what changed", file=sys.stderr)
    return 1 if said else 0


def cell(text: str) -> str:
    """A text as one cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def prose(docstring: str) -> str:
    """A docstring as Markdown: its doubled backticks are single ones there."""
    return docstring.replace("``", "`")


def fenced(text: str, language: str) -> str:
    """A text as a block of code, whatever backticks it holds."""
    fence = "```"
    while fence in text:
        fence += "`"
    end = "" if text.endswith("\n") else "\n"
    return f"{fence}{language}\n{text}{end}{fence}\n"


def _left_over(pages: Mapping[Path, str], folder: Path | None) -> list[Path]:
    return [path for path in folder.glob("*.md") if path not in pages] if folder is not None else []
