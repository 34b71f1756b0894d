"""What goes over the wire: a request, a response, and the refusals in GitHub's own payload shapes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

Json = dict[str, Any]
DOCS = "https://docs.github.com/rest"
ENTERPRISE = "3.18.0"


@dataclass(slots=True)
class Request:
    """One HTTP request as it arrived; header names are lower case."""

    method: str
    path: str
    query_string: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters; of a repeated one the last."""
        return dict(parse_qsl(self.query_string, keep_blank_values=True))

    def json(self) -> Any:
        """The body as JSON, ``None`` where there is none; ``Refused`` with 400 where it is no JSON."""
        if not self.body:
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            raise Refused(400, "Problems parsing JSON") from None


@dataclass(slots=True)
class Response:
    """One HTTP response; ``payload`` is what the body says, ``None`` for an empty body; ``text`` is sent instead."""

    status: int
    payload: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""

    def body(self) -> bytes:
        """The bytes that are sent."""
        if self.text:
            return self.text.encode()
        return b"" if self.payload is None else json.dumps(self.payload, ensure_ascii=False).encode()


class Refused(Exception):
    """GitHub's answer to what it does not do: a status and a message, for 422 a list of errors too."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        errors: list[Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {message}")
        payload: Json = {"message": message}
        if errors is not None:
            payload["errors"] = errors
        payload |= {"documentation_url": DOCS, "status": str(status)}
        self.response = Response(status, payload, headers or {})


def not_found() -> Refused:
    """404: what is not there, and what the token may not know of, look alike."""
    return Refused(404, "Not Found")


def invalid(resource: str, code: str, field: str | None = None, message: str | None = None) -> Refused:
    """422 in the shape "Validation Failed", one error: resource, code, and field and message where GitHub gives them.

    Page "Troubleshooting the REST API", section "Validation failed".
    """
    error = {"resource": resource, "code": code, "field": field, "message": message}
    return Refused(422, "Validation Failed", errors=[{key: value for key, value in error.items() if value is not None}])


def unprocessable(*messages: str) -> Refused:
    """422 in the shape that reviews use: "Unprocessable Entity" and plain sentences."""
    return Refused(422, "Unprocessable Entity", errors=list(messages))
