"""Splits lines into a header and a body at the first empty line."""


def split(lines):
    rest = iter(lines)
    header = []
    for line in rest:
        if not line.strip():
            break
        header.append(line.strip())
    body = [line for line in rest]
    return header, body


def fields(header):
    pairs = (line.partition(":") for line in header)
    return {name.lower(): value.strip() for name, _, value in pairs}
