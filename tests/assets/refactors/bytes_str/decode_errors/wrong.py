"""Shows what a device sends."""


def clean(data):
    """The text of the bytes; what is not UTF-8 is shown as \\xNN."""
    return data.decode("utf-8", errors="ignore").strip("\0")


def lines(data):
    return [line.rstrip() for line in clean(data).split("\n") if line.strip()]
