"""A route table for a toy server; each handler knows its own path."""


def routes(paths):
    return {path: (lambda query: f"{path}?{query}" if query else path) for path in paths}


def answer(table, path, query=""):
    try:
        handler = table[path]
    except KeyError:
        return "404"
    else:
        return handler(query)
