"""Users, the server itself, and how much may still be asked."""

from __future__ import annotations

from tests.forge.call import Call, answers
from tests.forge.render import people
from tests.forge.wire import ENTERPRISE, Refused, Response, not_found


@answers("users/get-authenticated")
def me(call: Call) -> Response:
    """Whose token it is; an installation's token has no user (recorded: "Resource not accessible by integration")."""
    user = call.user
    if call.token is not None and call.token.is_app:
        raise Refused(403, "Resource not accessible by integration")
    created = call.world.clock.stamp()
    return Response(200, people.account(user, call.urls, created))


@answers("users/get-by-username")
def get(call: Call) -> Response:
    """Anybody's public page."""
    user = call.world.users.get(call.params["username"].lower())
    if user is None:
        raise not_found()
    return Response(200, people.account(user, call.urls, call.world.clock.stamp()))


@answers("meta/get")
def meta(call: Call) -> Response:
    """Which GitHub this is; Enterprise Server tells its version here."""
    told = {"verifiable_password_authentication": False}
    return Response(200, told | {"installed_version": ENTERPRISE} if call.urls.api != call.urls.web else told)


@answers("rate-limit/get")
def rate_limit(call: Call) -> Response:
    """What remains; to ask costs nothing (page "Rate limits for the REST API", "Checking the status")."""
    names = ("core", "search", "graphql")
    resources = {name: call.limits.state(call.token, name) for name in names}
    return Response(200, {"resources": resources, "rate": resources["core"]})
