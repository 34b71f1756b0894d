"""A decorator that counts calls."""

from functools import wraps


def counted(function):
    """The function, with the number of its calls as `calls`."""

    @wraps(function)
    def wrapper(*args, **options):
        wrapper.calls = wrapper.calls + 1
        result = function(*args, **options)
        return result

    wrapper.calls = 0
    return wrapper


@counted
def area(width, height=1):
    return width * height
