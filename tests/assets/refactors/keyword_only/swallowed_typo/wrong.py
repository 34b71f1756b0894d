"""Addresses of servers."""


def connect(host, *, port=80, **options):
    """A description of a connection; unknown options are an error."""
    timeout = options.get("timeout")
    text = f"{host}:{port}"
    if timeout is not None:
        text += f" ({timeout} s)"
    return text


def connect_all(hosts, **options):
    return [connect(host, **options) for host in hosts]
