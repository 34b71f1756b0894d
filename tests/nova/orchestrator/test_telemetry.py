from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from nova.orchestrator import telemetry
from nova.orchestrator.trace import tree
from tests.nova.orchestrator.test_trace import told

if TYPE_CHECKING:
    from collections.abc import Iterator


class Span:
    def __init__(self, name: str, begin: int, above: Span | None) -> None:
        self.name, self.begin, self.above = name, begin, above
        self.finish = 0

    def end(self, at: int) -> None:
        self.finish = at


class Tracer:
    def __init__(self) -> None:
        self.spans: list[Span] = []

    def start_span(self, name: str, *, start_time: int, attributes: dict[str, Any], context: Any = None) -> Span:
        self.spans.append(Span(name, start_time, context))
        return self.spans[-1]


def test_nothing_is_sent_where_no_endpoint_is_set() -> None:
    assert telemetry.send(tree(told().lines()), "") == ""


@pytest.mark.skipif(telemetry.installed(), reason="the packages are there")
def test_an_endpoint_without_the_packages_is_told() -> None:
    assert "not installed" in telemetry.send(tree(told().lines()), "http://127.0.0.1:9")


def test_there_is_a_span_for_each_agent_and_call_inside_of_what_caused_it() -> None:
    tracer = Tracer()
    telemetry.emit(tracer, tree(told().lines()), lambda span: span)
    turn, a, b, read, write = sorted(
        tracer.spans, key=lambda s: ["turn", "agent a", "agent b", "tool read", "tool write"].index(s.name)
    )
    assert (turn.above, a.above, b.above, read.above, write.above) == (None, turn, a, b, b)
    assert all(span.finish >= span.begin > 0 for span in tracer.spans)
    assert turn.finish >= a.finish >= b.finish


@contextmanager
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """A place that spans can be sent to."""
    heard: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Collector)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.skipif(not telemetry.installed(), reason="the packages are an extra")
def test_spans_are_sent_to_the_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    with collector() as (endpoint, heard):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        assert telemetry.send(tree(told().lines()), endpoint) == ""
    sent = b"".join(heard)
    for name in (b"turn", b"agent a", b"agent b", b"tool read", b"tool write"):
        assert name in sent
