"""A route table for a toy server; each handler knows its own path."""


def _handler(path):
    def handle(query):
        return f"{path}?{query}" if query else path

    return handle


def routes(paths):
    return {path: _handler(path) for path in paths}


def answer(table, path, query=""):
    try:
        handler = table[path]
    except KeyError:
        return "404"
    else:
        return handler(query)
