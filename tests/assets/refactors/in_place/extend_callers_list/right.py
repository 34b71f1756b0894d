"""Command lines."""


def command(program, flags, more=()):
    """The words of a command line; nothing that is given is changed."""
    all_flags = flags + list(more)
    if "-q" in all_flags and "-v" in all_flags:
        raise ValueError("both quiet and verbose")
    return [program] + all_flags


def quoted(words):
    return " ".join(f'"{word}"' if " " in word else word for word in words)
