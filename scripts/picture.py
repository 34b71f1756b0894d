"""Draws docs/review.svg: what ``nova review`` shows of a repository, as a terminal would."""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from scripts.pages import ROOT

WIDTH = 100
PICTURE = ROOT / "docs" / "review.svg"


def main(arguments: list[str] | None = None) -> int:
    """Review, with colours, and draw the first lines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("repository", type=Path, nargs="?", default=ROOT)
    parser.add_argument("--top", default="4", help="how many findings (default: 4)")
    given = parser.parse_args(arguments)
    settings = {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    reviewed = subprocess.run(
        [sys.executable, "-m", "nova", "review", "--no-memory", "--top", given.top],
        cwd=given.repository,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=True,
    )
    PICTURE.write_text(drawn(reviewed.stdout), encoding="utf-8")
    return 0


def drawn(screen: str) -> str:
    """A coloured screen as SVG, in whatever monospaced font is there: nothing is fetched to show it."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi("$ nova review\n" + screen.rstrip("\n")))
    svg = console.export_svg(title="nova review", unique_id="nova")
    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "Menlo, Consolas, DejaVu Sans Mono, monospace")
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


if __name__ == "__main__":
    sys.exit(main())
