"""Cuts GitHub's own descriptions of its two interfaces down to what ``tests/forge`` speaks.

The npm packages ``@octokit/openapi`` and ``@octokit/graphql-schema`` (both MIT) carry them; they are packed by ``npm``
at the versions named here. Prose and examples are left out, and OpenAPI 3.0's ``nullable`` becomes a JSON Schema type,
so that any JSON Schema validator can read the result. Nothing else is changed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from scripts.octokit_graphql import prune

OPENAPI = ("@octokit/openapi", "23.0.2")
GRAPHQL = ("@octokit/graphql-schema", "15.26.1")
HOME = Path(__file__).resolve().parent.parent / "tests" / "forge" / "openapi"
PROSE = frozenset({"description", "example", "examples", "externalDocs", "summary", "tags", "x-github", "x-octokit"})
MAPS = frozenset({"properties", "schemas", "parameters", "responses", "headers", "patternProperties"})


def main(arguments: list[str] | None = None) -> int:
    """Write ``operations.json``, ``schema.graphql`` and the licences; needs ``npm``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--packed", type=Path, help="a folder with the packed archives, instead of asking npm")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="forge-octokit-") as scratch:
        folder: Path = options.packed or Path(scratch)
        description = json.loads(_member(folder, *OPENAPI, "package/generated/api.github.com.json"))
        names = (HOME / "operations.txt").read_text(encoding="utf-8").split()
        wanted = [name for name in names if not name.startswith("#")]
        kept = cut(description, frozenset(wanted))
        (HOME / "operations.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        (HOME / "LICENSE.openapi").write_bytes(_member(folder, *OPENAPI, "package/LICENSE"))
        sdl = _member(folder, *GRAPHQL, "package/schema.graphql").decode()
        types = (HOME / "types.txt").read_text(encoding="utf-8")
        header = f"# Cut from {GRAPHQL[0]} {GRAPHQL[1]} (MIT) by scripts/octokit_operations.py; not to be edited.\n\n"
        (HOME / "schema.graphql").write_text(header + prune(sdl, types), encoding="utf-8")
        (HOME / "LICENSE.graphql").write_bytes(_member(folder, *GRAPHQL, "package/LICENSE.md"))
    return 0


def cut(description: dict[str, Any], wanted: frozenset[str]) -> dict[str, Any]:
    """The named operations and every component that they reach; ``KeyError`` names an operation that is not there."""
    paths: dict[str, dict[str, Any]] = {}
    found: set[str] = set()
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            if isinstance(operation, dict) and operation.get("operationId") in wanted:
                found.add(operation["operationId"])
                paths.setdefault(path, {})[method] = _plain(operation)
    if missing := wanted - found:
        raise KeyError(f"the description has no operation {', '.join(sorted(missing))}")
    components: dict[str, dict[str, Any]] = {}
    waiting = sorted(_references(paths))
    while waiting:
        kind, name = waiting.pop().removeprefix("#/components/").split("/", 1)
        if name not in components.setdefault(kind, {}):
            components[kind][name] = _plain(description["components"][kind][name])
            waiting.extend(sorted(_references(components[kind][name])))
    note = f"Cut from {OPENAPI[0]} {OPENAPI[1]} (MIT) by scripts/octokit_operations.py; not to be edited."
    return {
        "openapi": description["openapi"],
        "info": {"title": description["info"]["title"], "version": description["info"]["version"], "description": note},
        "paths": dict(sorted(paths.items())),
        "components": {kind: dict(sorted(each.items())) for kind, each in sorted(components.items())},
    }


def _plain(node: Any, *, names: bool = False) -> Any:
    """The same description without prose, ``nullable`` as a type; ``names``: the keys here are names of its own."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: value if key in {"enum", "required", "default"} else _plain(value, names=not names and key in MAPS)
        for key, value in node.items()
        if names or key not in PROSE
    }
    return kept if names else _with_null(kept)


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(schema.get("nullable"), bool):
        return schema
    nullable = schema.pop("nullable")
    if not nullable:
        return schema
    if isinstance(schema.get("type"), str) and not {"anyOf", "oneOf", "allOf"} & schema.keys():
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        return schema
    return {"anyOf": [schema, {"type": "null"}]}


def _references(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_references, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
    return own.union(*map(_references, node.values()))


def _member(folder: Path, package: str, version: str, name: str) -> bytes:
    archive = folder / f"{package.removeprefix('@').replace('/', '-')}-{version}.tgz"
    if not archive.exists():
        subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True)
    with tarfile.open(archive) as packed:
        member = packed.extractfile(name)
        assert member is not None, name
        return member.read()


if __name__ == "__main__":
    sys.exit(main())
