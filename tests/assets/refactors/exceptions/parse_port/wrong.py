"""Reads ports from settings."""


def parse_port(value):
    """A port; ValueError for whatever cannot be one."""
    try:
        port = int(value)
    except ValueError:
        raise ValueError(f"not a port: {value!r}") from None
    if not 0 < port < 65536:
        raise ValueError(f"not a port: {value!r}")
    return port
