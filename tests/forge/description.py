"""GitHub's own description of its REST interface: finds the operation of a request, and says what does not fit.

What does not fit is returned as sentences, never raised: the server records them, and a test fails on them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, reduce
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.forge.wire import Request, Response

HOME = Path(__file__).resolve().parent / "openapi"
SLASHED = frozenset({"path", "ref", "branch", "base", "head", "name", "tree_sha"})
ROOT = "urn:github"
# Where the description leaves out that a value can be null, while its own schemas of the same values elsewhere say so:
# the comment in its webhook "pull_request_review_comment", the labels of its schema "pull-request".
NULL_TOO = (
    "pull-request-review-comment/properties/line",
    "pull-request-review-comment/properties/original_line",
    "pull-request-review-comment/properties/position",
    "review-comment/properties/line",
    "review-comment/properties/original_line",
    "pull-request-simple/properties/labels/items/properties/description",
)
MOST_ERRORS = 5


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter and its schema, of which only the first ``$ref`` is followed; ``pointer`` leads to it whole."""

    name: str
    place: str
    """``query``, ``path`` or ``header``."""
    required: bool
    schema: dict[str, Any]
    pointer: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its id, where it stands in the description, and the pattern of its paths."""

    id: str
    method: str
    path: str
    pattern: re.Pattern[str]
    parameters: tuple[Parameter, ...]
    body: dict[str, Any] | None
    responses: frozenset[str]

    @property
    def pointer(self) -> str:
        """The operation as a JSON pointer."""
        return f"#/paths/{_escaped(self.path)}/{self.method.lower()}"


class Description:
    """The committed part of the description; ``load`` gives the one of this process."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.version: str = document["info"]["version"]
        self._document = document
        for place in NULL_TOO:
            schema = reduce(lambda found, name: found[name], place.split("/"), document["components"]["schemas"])
            assert schema["type"] in {"integer", "string"}, f"{place} was mended in the description"
            schema["type"] = [schema["type"], "null"]
        self._registry = jsonschema_rs.Registry([(ROOT, document)], draft=jsonschema_rs.Draft202012)
        self.operations = tuple(sorted(self._operations(), key=_fixed_words, reverse=True))

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation of a request and its path's parameters, decoded; fixed words go before parameters."""
        for operation in self.operations:
            if operation.method == method and (match := operation.pattern.fullmatch(path)):
                return operation, {name: unquote(value) for name, value in match.groupdict().items()}
        return None

    def complaints_of_request(self, operation: Operation, request: Request, body: Any) -> list[str]:
        """What in the query or the body does not fit; a property that the description lacks counts too."""
        found = list(self._query(operation, request.query))
        if operation.body is None:
            return [*found, "a body where none is described"] if body else found
        if body is None:
            return [*found, "no body"] if operation.body.get("required") else found
        found += self.body_errors(operation, body)
        properties = operation.body["content"]["application/json"]["schema"].get("properties")
        if properties and isinstance(body, dict):
            found += [f"{name!r} is no property of the body" for name in body if name not in properties]
        return found

    def body_errors(self, operation: Operation, body: Any) -> list[str]:
        """What in a body does not fit its schema."""
        if operation.body is None:
            return []
        return self._errors(f"{operation.pointer}/requestBody/content/application~1json/schema", body)

    def complaints_of_response(self, operation: Operation, response: Response) -> list[str]:
        """What in a response does not fit; errors that any operation may answer need a message."""
        status = str(response.status)
        if status not in operation.responses:
            if response.status < 400:
                return [f"{operation.id} never answers {status}"] if response.status != 304 else []
            payload = response.payload
            return [] if isinstance(payload, dict) and isinstance(payload.get("message"), str) else ["no message"]
        described = self._document["paths"][operation.path][operation.method.lower()]["responses"][status]
        pointer = f"{operation.pointer}/responses/{status}"
        if "$ref" in described:
            pointer = described["$ref"]
            described = self._document["components"]["responses"][pointer.rsplit("/", 1)[1]]
        content = described.get("content", {})
        kind = next((each for each in content if each.split(";")[0].endswith("json")), None)
        if kind is None and response.status >= 400:
            return []
        if kind is None:
            return ["a body where none is described"] if response.payload is not None and not content else []
        return self._errors(f"{pointer}/content/{_escaped(kind)}/schema", response.payload)

    def _operations(self) -> Iterator[Operation]:
        for path, methods in self._document["paths"].items():
            for method, each in methods.items():
                at = f"#/paths/{_escaped(path)}/{method}/parameters"
                given = enumerate(each.get("parameters", ()))
                parameters = tuple(self._parameter(one, f"{at}/{index}") for index, one in given)
                yield Operation(each["operationId"], method.upper(), path, _pattern(path), parameters,
                                each.get("requestBody"), frozenset(each["responses"]))  # fmt: skip

    def _parameter(self, given: dict[str, Any], pointer: str) -> Parameter:
        if "$ref" in given:
            pointer = given["$ref"]
            given = self._document["components"]["parameters"][pointer.rsplit("/", 1)[1]]
        schema = given.get("schema", {})
        if "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return Parameter(given["name"], given["in"], given.get("required", False), schema, f"{pointer}/schema")

    def _query(self, operation: Operation, query: dict[str, str]) -> Iterator[str]:
        described = {each.name: each for each in operation.parameters if each.place == "query"}
        for name, text in query.items():
            if name not in described:
                yield f"{name!r} is no parameter of {operation.id}"
                continue
            schema = described[name].schema
            value: Any = int(text) if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", text) else text
            if schema.get("type") == "boolean" and text in {"true", "false"}:
                value = text == "true"
            if schema.get("type") != "array" and "oneOf" not in schema:
                errors = self._validator(described[name].pointer).iter_errors(value)
                yield from (f"parameter {name}: {error.message}" for error in islice(errors, 1))
        yield from (f"no parameter {name}" for name, each in described.items() if each.required and name not in query)

    def _errors(self, pointer: str, value: Any) -> list[str]:
        found = []
        for error in self._validator(pointer).iter_errors(value):
            place = "/".join(str(each) for each in error.instance_path)
            found.append(f"{place or 'the body'}: {_sentence(error)}")
            if len(found) == MOST_ERRORS:
                break
        return found

    @cache  # noqa: B019 - one description lives as long as the process
    def _validator(self, pointer: str) -> jsonschema_rs.Draft202012Validator:
        quoted = pointer.replace("{", "%7B").replace("}", "%7D").replace(";", "%3B").replace(" ", "%20")
        schema = {"$ref": f"{ROOT}{quoted}"}
        return jsonschema_rs.Draft202012Validator(schema, registry=self._registry, validate_formats=True)


def _sentence(error: jsonschema_rs.ValidationError) -> str:
    """What does not fit, for too much in the words that GitHub uses (as recorded for check runs)."""
    match error.kind, error.instance:
        case jsonschema_rs.ValidationErrorKind.MaxItems(limit=limit), list() as given:
            return f"No more than {limit} items are allowed; {len(given)} were supplied."
        case jsonschema_rs.ValidationErrorKind.MaxLength(limit=limit), str() as given:
            return f"Only {limit} characters are allowed; {len(given)} were supplied."
        case _:
            return error.message[:300]


@cache
def load() -> Description:
    """The description, read once a process."""
    return Description(json.loads((HOME / "operations.json").read_text(encoding="utf-8")))


def _fixed_words(operation: Operation) -> tuple[int, str]:
    """What sorts operations: the more of a path is fixed, the more it tells."""
    return len(re.sub(r"\{\w+\}", "", operation.path)), operation.path


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    text = "".join(
        re.escape(part) if index % 2 == 0 else f"(?P<{part}>{'.+' if part in SLASHED else '[^/]+'})"
        for index, part in enumerate(parts)
    )
    return re.compile(text.removesuffix("+)") + "*)" if path.endswith("/contents/{path}") else text)


def _escaped(text: str) -> str:
    return text.replace("~", "~0").replace("/", "~1")
