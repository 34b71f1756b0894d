"""Messages with a head and a body."""


def read_head(stream):
    """The fields up to the empty line; the stream is left at the body."""
    head, _, _ = stream.read().partition("\n\n")
    fields = (line.partition(":") for line in head.splitlines() if line)
    return {name.strip().lower(): value.strip() for name, _, value in fields}


def body_size(stream):
    """The length that the head of the message tells, 0 where it does not."""
    return int(read_head(stream).get("length", 0))
