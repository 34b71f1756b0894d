"""Versions that can be sorted."""

from dataclasses import dataclass


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    tag: str = ""

    def __str__(self):
        return f"{self.major}.{self.minor}{self.tag}"


def newest(*versions):
    return str(max(versions))
