"""``fixes``: the fixes for findings of the work tree, each with its proof, as ``nova fix`` shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.tools import World

MOST_DIFF = 20_000
"""Characters of a diff that are told; ``nova fix --diff`` gives the whole of it."""


def work(_key: str, world: World, /, *, path: str = "", rules: Sequence[str] = (), finding: str = "") -> dict[str, Any]:
    """Make and prove the fixes below a path, of some rules, or of one finding (an id, or a rank that was shown).

    Nothing is written. Raises ``UsageError`` for a path, a rule or a finding that is not there.
    """
    from nova import app, mending
    from nova.findings import meant
    from nova.fixing import diff_of
    from nova.rules import chosen
    from nova.tools._ground import memory_of, place_of, request_of

    below = place_of(world, path)[1] if path else ""
    known, codes = chosen(list(rules), ()) if rules else ((), ())
    request = request_of(world, everything=True, patches=True)
    found = app.find_subject(request)
    ids: frozenset[str] = frozenset()
    if finding:
        with memory_of(world) as memory:
            ids = frozenset({meant(memory, found.key, finding).id})
    wanted = mending.Wanted((below,) if below else (), ids, frozenset((*known, *codes)))
    least = found.target.least_proof
    look = mending.look(found, request, wanted, least, world.pace)
    where = {f.id: f for f in look.answer.findings}
    diff = "".join(diff_of(file.path, file.before, file.after) for file in look.files)
    return {
        "least": least, "status": look.answer.status.value,
        "fixes": [
            {"id": one.offer.id, "rule": one.offer.mend.rule, "path": one.offer.mend.path,
             "line": where[one.offer.id].span.line if one.offer.id in where else 0,
             "title": one.offer.title, "proof": one.proof.verdict.value, "why": one.proof.why,
             "taken": one.offer.id in look.taken}
            for one in look.judged
        ],
        "missing": [{"rule": f.rule, "path": f.path, "line": f.span.line, "why": why} for f, why in look.missing],
        "files": [file.path for file in look.files],
        "diff": diff[:MOST_DIFF], "is_cut": len(diff) > MOST_DIFF, "notices": list(look.answer.notices),
    }  # fmt: skip


TOOL = Tool("fixes", "The fixes for findings, each with its proof and as a diff; nothing is written.", work)
