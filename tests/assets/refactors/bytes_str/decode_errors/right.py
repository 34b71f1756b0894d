"""Shows what a device sends."""


def clean(data):
    """The text of the bytes; what is not UTF-8 is shown as \\xNN."""
    text = data.decode("utf-8", "backslashreplace")
    return text.strip("\0")


def lines(data):
    return [line.rstrip() for line in clean(data).split("\n") if line.strip()]
