"""The tests of the stand-in run against it."""

from tests.forge.fixtures import forge

__all__ = ["forge"]
