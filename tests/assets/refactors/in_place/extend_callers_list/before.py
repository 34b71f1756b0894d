"""Command lines."""


def command(program, flags, more=()):
    """The words of a command line; nothing that is given is changed."""
    flags = flags + list(more)
    if "-q" in flags and "-v" in flags:
        raise ValueError("both quiet and verbose")
    return [program, *flags]


def quoted(words):
    return " ".join(f'"{word}"' if " " in word else word for word in words)
