"""The control interface for other programs, under ``/_forge``: faults, rate, clock, log, violations.

It belongs to the stand-in and is nothing of GitHub's; README.md tells how to use it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from tests.forge.faults import Fault
from tests.forge.wire import Request, Response, not_found

if TYPE_CHECKING:
    from tests.forge.app import App

PREFIX = "/_forge/"


def answer(app: App, request: Request) -> Response:
    """Carry out one wish; 400 tells what it lacks."""
    name = request.path.removeprefix(PREFIX)
    with app.lock:
        if request.method == "GET":
            return Response(200, _read(app, name), {"content-type": "application/json"})
        given = request.json() or {}
        try:
            return Response(200, _write(app, f"{request.method} {name}", given), {"content-type": "application/json"})
        except (TypeError, KeyError, ValueError) as problem:
            return Response(400, {"message": f"{type(problem).__name__}: {problem}"})


def _read(app: App, name: str) -> object:
    match name:
        case "log":
            return [each.as_json() for each in app.log.exchanges]
        case "violations":
            return [asdict(each) for each in app.log.violations]
        case "triggers":
            return [asdict(each) for each in app.world.triggers]
        case "faults":
            return [each.as_json() for each in app.faults]
        case _:
            raise not_found()


def _write(app: App, wish: str, given: dict[str, object]) -> object:
    match wish:
        case "POST faults":
            fault = Fault(**given)  # type: ignore[arg-type]  # a wrong name or kind is answered with 400
            app.faults.append(fault)
            return fault.as_json()
        case "DELETE faults":
            app.faults.clear()
        case "DELETE log":
            app.log.clear()
        case "POST clock":
            app.world.clock.advance(float(str(given["advance"])))
        case "POST rate":
            token = app.world.tokens[str(given["token"])]
            app.limits.leave(token, int(str(given["remaining"])), str(given.get("resource", "core")))
        case _:
            raise not_found()
    return {}
