"""Notes what was imported."""

import logging

log = logging.getLogger("importer")


def note(name, rows):
    """Log how many rows a file had; return their number."""
    number = len(rows)
    log.info(f"{name}: %d rows", number)
    return number


def import_all(files):
    return sum(note(name, rows) for name, rows in files.items() if rows)
