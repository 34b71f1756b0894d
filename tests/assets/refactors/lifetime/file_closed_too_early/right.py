"""Reads streams and closes them."""


def lines(stream):
    """The lines of a stream, which is closed in the end."""
    try:
        return [line.rstrip("\n") for line in stream]
    finally:
        stream.close()


def count(streams):
    return sum(len(lines(stream)) for stream in streams)


SIZE = 0x10
