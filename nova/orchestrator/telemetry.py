"""A finished turn as OpenTelemetry spans, where a person has set an endpoint and installed the packages for it."""

from __future__ import annotations

from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.orchestrator.lines import Plain

PACKAGES = ("opentelemetry", "opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")

PATIENCE = 3
"""Seconds that an endpoint may take."""


def send(trace: Plain, endpoint: str) -> str:
    """Send the spans of a turn; says why not, or nothing. Nothing is loaded where no endpoint is set."""
    if not endpoint:
        return ""
    if not installed():
        return "spans were not sent: the OpenTelemetry packages are not installed  (pip install 'nova-review[otel]')"
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.trace import set_span_in_context

    provider = TracerProvider(resource=Resource.create({"service.name": "nova"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=PATIENCE)))
    try:
        emit(provider.get_tracer("nova"), trace, set_span_in_context)
    finally:
        provider.shutdown()
    return ""


def installed() -> bool:
    """Whether the packages are there."""
    try:
        return all(find_spec(name) is not None for name in PACKAGES)
    except ModuleNotFoundError:
        return False


def emit(tracer: Any, trace: Plain, inside: Callable[[Any], Any]) -> None:
    """One span for the turn, one for each agent and one for each call; ``inside`` makes a span the one above others."""
    turn = tracer.start_span(
        "turn", start_time=_nanoseconds(trace["at"]),
        attributes={"nova.turn": trace["turn"], "nova.status": trace["status"], "nova.calls": trace["calls"]},
    )  # fmt: skip
    end: str = trace["at"]
    for node in trace["agents"]:
        end = max(end, _agent(tracer, node, turn, inside))
    turn.end(_nanoseconds(max(end, trace.get("ended", end))))


def _agent(tracer: Any, node: Plain, above: Any, inside: Callable[[Any], Any]) -> str:
    span = tracer.start_span(
        f"agent {node['agent']}", context=inside(above), start_time=_nanoseconds(node["at"]),
        attributes={"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": node["agent"],
                    "nova.outcome": node["outcome"]},
    )  # fmt: skip
    end: str = node["until"]
    for event in node["events"]:
        if event["event"] == "call":
            _call(tracer, event, inside(span))
        elif event["event"] == "handoff" and event["agent"]:
            end = max(end, _agent(tracer, event["agent"], span, inside))
    span.end(_nanoseconds(end))
    return end


def _call(tracer: Any, event: Plain, context: Any) -> None:
    began = _nanoseconds(event["at"])
    span = tracer.start_span(
        f"tool {event['tool']}", context=context, start_time=began,
        attributes={"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": event["tool"],
                    "nova.state": event["state"]},
    )  # fmt: skip
    span.end(began + int(event["seconds"] * 1e9))


def _nanoseconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp() * 1_000_000) * 1_000
