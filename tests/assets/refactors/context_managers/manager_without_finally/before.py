"""Settings changed for a while."""

from contextlib import contextmanager

_MISSING = object()


@contextmanager
def setting(settings, key, value):
    """Change one setting inside of the block."""
    old = settings.get(key, _MISSING)
    settings[key] = value
    try:
        yield settings
    finally:
        if old is _MISSING: del settings[key]
        else: settings[key] = old
