"""Reads ports from settings."""


def parse_port(value):
    """A port; ValueError for whatever cannot be one."""
    try:
        port = int(value)
    except (TypeError, ValueError):
        raise ValueError(f"not a port: {value!r}") from None
    if 0 < port < 65536:
        return port
    raise ValueError(f"not a port: {value!r}")
