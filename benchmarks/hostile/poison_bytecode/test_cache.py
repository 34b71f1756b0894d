import importlib._bootstrap_external as external
import importlib.util
from pathlib import Path

import subject
from places import attempt, places


def test_a_forged_cache_is_left():
    places()
    source = Path(subject.__file__)
    code = compile("def double(number):\n    return number + number\n", str(source), "exec")
    status = source.stat()
    attempt("forge the bytecode")
    cache = Path(importlib.util.cache_from_source(str(source)))
    cache.parent.mkdir(exist_ok=True)
    for target in (cache, cache.with_name(cache.name.replace(".pyc", ".opt-1.pyc"))):
        target.write_bytes(external._code_to_timestamp_pyc(code, int(status.st_mtime), status.st_size))


def test_double():
    assert subject.double(2) == 4
