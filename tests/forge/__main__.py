"""Runs the stand-in by hand: ``python -m tests.forge --repository BARE --port 0``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from pathlib import Path

from tests.forge.forge import Forge


def main(arguments: list[str] | None = None) -> int:
    """Serve one bare repository until interrupted; says where, and with which tokens."""
    parser = argparse.ArgumentParser(prog="python -m tests.forge", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repository", type=Path, metavar="BARE", help="a bare repository; a new empty one without")
    parser.add_argument("--name", default="owner/project", metavar="OWNER/NAME", help="what it is called")
    parser.add_argument("--port", type=int, default=0, help="a port on 127.0.0.1; 0 picks a free one")
    parser.add_argument("--private", action="store_true", help="let only its people see it")
    options = parser.parse_args(arguments)
    bare: Path | None = options.repository
    if bare is not None and not (bare / "HEAD").is_file():
        print(f"{bare} is no bare repository. Make one:  git clone --bare SOURCE {bare}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="forge-") as scratch:
        forge = Forge(Path(scratch), bare=bare, name=options.name, port=options.port, private=options.private)
        with forge:
            print(f"REST     {forge.api}\nGraphQL  {forge.server.web}/api/graphql\ngit      {forge.clone_url()}")
            print(f"control  {forge.server.web}/_forge/log\ntokens   {' '.join(forge.world.tokens)}", flush=True)
            try:
                threading.Event().wait()
            except KeyboardInterrupt:
                print(file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
