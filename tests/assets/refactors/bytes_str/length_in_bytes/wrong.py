"""Frames for a wire: length, colon, payload."""


def frame(text):
    """The UTF-8 bytes of the text behind their number."""
    return f"{len(text)}:{text}".encode()


def unframe(data):
    """The text of the first frame, and what follows it."""
    number, _, rest = data.partition(b":")
    length = int(number)
    if len(rest) < length:
        raise ValueError("the frame is cut off")
    return rest[:length].decode("utf-8"), rest[length:]
