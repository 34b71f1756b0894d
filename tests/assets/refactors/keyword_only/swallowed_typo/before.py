"""Addresses of servers."""


def connect(host, *, port=80, timeout=None):
    """A description of a connection; unknown options are an error."""
    text = f"{host}:{port}"
    if timeout is not None:
        text += f" ({timeout} s)"
    return text


def connect_all(hosts, **options):
    return [connect(host, **options) for host in hosts]
