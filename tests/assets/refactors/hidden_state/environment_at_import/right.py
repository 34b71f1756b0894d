"""Where a program keeps its files."""

import os

DEFAULT = "/var/lib/app"


def folder():
    """The folder of APP_HOME as it is set now."""
    return os.environ["APP_HOME"] if "APP_HOME" in os.environ else DEFAULT


def path(*parts):
    return "/".join([folder().rstrip("/"), *parts])
