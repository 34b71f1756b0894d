"""Where a program keeps its files."""

import os

DEFAULT = "/var/lib/app"


HOME = os.environ.get("APP_HOME", DEFAULT)


def folder():
    """The folder of APP_HOME as it is set now."""
    return HOME


def path(*parts):
    return "/".join([folder().rstrip("/"), *parts])
