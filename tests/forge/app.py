"""The way of a request: signed, counted, found in the description, checked, answered, checked again, logged."""

from __future__ import annotations

import base64
import hashlib
import importlib
import pkgutil
import threading
import time
import traceback
from typing import TYPE_CHECKING, Any

from tests.forge import description, pulls, routes
from tests.forge.call import HANDLERS, Call
from tests.forge.graphql import endpoint
from tests.forge.limits import Limits, Sizes
from tests.forge.log import Exchange, Log, Violation
from tests.forge.urls import Urls
from tests.forge.wire import ENTERPRISE, Refused, Request, Response, not_found

if TYPE_CHECKING:
    from tests.forge.description import Operation
    from tests.forge.faults import Fault
    from tests.forge.state import Token
    from tests.forge.world import World

MEDIA = "github.v3; format=json"
FREE = frozenset({"rate-limit/get", "meta/get"})
CONTENT = ("pulls/create", "issues/create", "reactions/create", "checks/create", "pulls/submit", "repos/create-or")

for _module in pkgutil.iter_modules(routes.__path__):
    importlib.import_module(f"{routes.__name__}.{_module.name}")


class Cut(Exception):
    """The connection is to be cut, without an answer."""


class App:
    """The stand-in without its socket; one request at a time."""

    def __init__(self, world: World, sizes: Sizes | None = None) -> None:
        self.world = world
        self.limits = Limits(world.clock, sizes)
        self.log = Log()
        self.faults: list[Fault] = []
        self.lock = threading.RLock()
        self._description = description.load()

    def answer(self, request: Request, web: str) -> Response:
        """The answer to a call of the REST or GraphQL interface; ``Cut`` where a fault wants it."""
        fault = self.fault_of(request)
        if fault and fault.drop == "before":
            self._keep(request, None, None, Response(0), fault)
            raise Cut
        if fault and fault.status:
            refused = Refused(fault.status, fault.message, errors=fault.errors, headers=dict(fault.headers)).response
            refused.text = fault.text
            self._keep(request, None, None, refused, fault)
            return refused
        with self.lock:
            response = self._answer(request, web, fault)
        if fault and fault.drop == "after":
            raise Cut
        return response

    def token_of(self, headers: dict[str, str]) -> Token | None:
        """The token that signs a request, by ``Bearer``, ``token`` or as a password; 401 for one that is unknown."""
        kind, _, value = headers.get("authorization", "").partition(" ")
        if not kind:
            return None
        if kind.lower() == "basic":
            user, _, password = base64.b64decode(value).decode(errors="replace").partition(":")
            value = password if password in self.world.tokens else user
        token = self.world.tokens.get(value.strip())
        if token is None:
            raise Refused(401, "Bad credentials")
        return token

    def fault_of(self, request: Request, *, is_git: bool = False) -> Fault | None:
        """The fault that strikes this request, after its delay."""
        with self.lock:
            struck = [each for each in self.faults if each.strikes(request, is_git=is_git)]
        if struck and struck[0].delay:
            time.sleep(struck[0].delay)
        return struck[0] if struck else None

    def _answer(self, request: Request, web: str, fault: Fault | None) -> Response:
        prefix, path = _split(request.path)
        token, operation, resource, body = None, None, "core", None
        try:
            token = self.token_of(request.headers)
            self.world.signed_by = token
            pulls.catch_up(self.world)
            urls = Urls(web, web + prefix)
            if path == "/graphql" or request.path.endswith("/api/graphql"):
                resource, body = "graphql", request.json()
                response = self._graphql(token, body, urls)
            else:
                operation, params = self._find(request.method, path)
                resource = "search" if operation.id.startswith("search/") else "core"
                body = _as_described(operation, request.json())
                self._count(token, operation, resource)
                call = Call(self.world, token, request, params, body, urls, self.limits)
                response = self._handle(operation, call)
        except Refused as refusal:
            response = refusal.response
        except Exception as problem:  # noqa: BLE001 - the stand-in's own mistake: told, and it fails the test
            what = "".join(traceback.format_exception(problem))
            self.log.violations.append(Violation(request.path, "stand-in", what))
            response = Refused(500, f"The stand-in failed: {problem!r}").response
        self._tell(request, response, token, resource)
        if operation is not None:
            self._check(operation, "response", self._description.complaints_of_response(operation, response))
        self._keep(request, operation, token, response, fault, body)
        return response

    def _find(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        found = self._description.find(method, path)
        if found is None:
            self.log.violations.append(Violation(f"{method} {path}", "request", "no such operation"))
            raise not_found()
        return found

    def _handle(self, operation: Operation, call: Call) -> Response:
        complaints = self._description.complaints_of_request(operation, call.request, call.body)
        self._check(operation, "request", complaints)
        handler = HANDLERS.get(operation.id)
        if handler is None:
            raise Refused(501, f"The stand-in does not do {operation.id} yet")
        if call.body is not None and self._description.body_errors(operation, call.body):
            # The shape in which GitHub tells that a body does not fit its schema, as recorded for check runs.
            text = self._description.body_errors(operation, call.body)[0]
            place, _, sentence = text.partition(": ")
            shown = sentence if sentence.endswith("were supplied.") else f"For '{place}', {sentence}"
            raise Refused(422, f"Invalid request.\n\n{shown}")
        return handler(call)

    def _count(self, token: Token | None, operation: Operation, resource: str) -> None:
        if operation.id not in FREE:
            writes = operation.method not in {"GET", "HEAD"}
            self.limits.check(token, resource, writes=writes, makes_content=operation.id.startswith(CONTENT))

    def _graphql(self, token: Token | None, body: Any, urls: Urls) -> Response:
        if token is None:
            raise Refused(401, "This endpoint requires you to be authenticated.")
        try:
            self.limits.check(token, "graphql", writes=endpoint.is_mutation(body), makes_content=False)
        except Refused as refused:
            if refused.response.headers:
                raise
            # Page "Rate limits and query limits for the GraphQL API": past the primary limit the status is still 200.
            message = refused.response.payload["message"]
            return Response(200, {"errors": [{"type": "RATE_LIMITED", "message": message}]})
        return endpoint.answer(self.world, token, body, urls, self.limits)

    def _tell(self, request: Request, response: Response, token: Token | None, resource: str) -> None:
        """Add the headers that each answer has; an unchanged one becomes a 304, which costs no rate.

        Page "Best practices for using the REST API", "Use conditional requests if appropriate".
        """
        headers = {"content-type": "application/json; charset=utf-8", "x-github-media-type": MEDIA}
        if request.method == "GET" and response.status == 200 and response.payload is not None:
            tag = f'W/"{hashlib.sha256(response.body()).hexdigest()}"'
            headers["etag"] = tag
            if tag in request.headers.get("if-none-match", ""):
                response.status, response.payload = 304, None
                self.limits.give_back(token, resource)
        if token is not None and token.kind == "personal":
            headers["x-oauth-scopes"] = ", ".join(sorted(token.scopes))
        if request.path.startswith("/api/"):
            headers["x-github-enterprise-version"] = ENTERPRISE
        response.headers = headers | self.limits.headers(token, resource) | response.headers

    def _check(self, operation: Operation, side: str, complaints: list[str]) -> None:
        self.log.violations.extend(Violation(operation.id, side, each) for each in complaints)

    def _keep(
        self,
        request: Request,
        operation: Operation | None,
        token: Token | None,
        response: Response,
        fault: Fault | None,
        body: Any = None,
    ) -> None:
        status = 0 if fault and fault.drop == "after" else response.status
        user = token.user.login if token else None
        number = len(self.log.exchanges) + 1
        self.log.exchanges.append(
            Exchange(number, request.method, request.path, request.query_string,
                     operation.id if operation else None, user,
                     body, status, response.payload, fault is not None, dict(response.headers))
        )  # fmt: skip


def _as_described(operation: Operation, body: Any) -> Any:
    """The body in the form that the description knows.

    Labels may be sent as a bare array too, which only the description's prose says: "You can also pass an array of
    labels directly" (page "REST API endpoints for labels", earlier editions); PyGithub does.
    """
    bare = operation.id in {"issues/add-labels", "issues/set-labels"} and isinstance(body, list)
    return {"labels": body} if bare else body


def _split(path: str) -> tuple[str, str]:
    """The prefix of GitHub Enterprise Server, where there is one, and the path behind it."""
    return ("/api/v3", path.removeprefix("/api/v3") or "/") if path.startswith("/api/v3") else ("", path)
