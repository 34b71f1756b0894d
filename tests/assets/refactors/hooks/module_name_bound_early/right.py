"""Stamps with a clock that can be replaced in the module."""


def now():
    """The clock; replaced where a program runs on another one."""
    return 0


class Stamp:
    def __init__(self, text):
        self.text = text
        self.time = now()

    def __str__(self):
        return "%s@" "%d" % (self.text, self.time)


def stamps(*texts):
    return [str(Stamp(text)) for text in texts]
