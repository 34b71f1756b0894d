"""Flushes a buffer and logs what was in it."""

import logging

log = logging.getLogger("buffer")


def flush(buffer, sink):
    """Move all to the sink; log what was moved, as it was."""
    moved = list(buffer)
    log.info("flush %s", moved)
    sink.extend(buffer)
    buffer.clear()
    return len(sink)


def flush_all(buffers):
    sink = []
    for buffer in buffers:
        flush(buffer, sink)
    return sink
