import ctypes
import resource
import sys

from places import attempt, places


def test_deep_recursion():
    places()
    attempt("crash")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(10**8)
    nested = []
    for _ in range(10**6):
        nested = [nested]
    hash_of = repr(nested)
    ctypes.string_at(0)
    assert hash_of
