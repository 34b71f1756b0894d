"""Words for status codes."""


def reply(code):
    """A word for a status code."""
    match code:
        case 200:
            return "ok"
        case int() if (200 <= code < 300):
            return "success"
        case (404 | 410):
            return "gone"
        case int():
            return "other"
        case _:
            raise TypeError("a code is a number")


def replies(codes):
    return [reply(code) for code in codes]
