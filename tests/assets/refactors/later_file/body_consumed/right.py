"""Messages with a head and a body."""


def read_head(stream):
    """The fields up to the empty line; the stream is left at the body."""
    head = {}
    while line := stream.readline().rstrip("\n"):
        name, _, value = line.partition(":")
        head[name.strip().lower()] = value.strip()
    return head


def body_size(stream):
    """The length that the head of the message tells, 0 where it does not."""
    return int(read_head(stream).get("length", 0))
