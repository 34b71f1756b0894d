"""What any tool of this kind must do on an unchanged repository: the least that a warm review can cost.

It imports DuckDB and rich, reads 3,000 rows from a database file, and asks git what there is and what changed.
Run as ``floor.py DATABASE REPOSITORY [bare]``; ``bare`` imports rich alone, without its console and tables.
"""

from __future__ import annotations

import subprocess
import sys


def main() -> None:
    """Do it once."""
    database, repository, *how = sys.argv[1:]
    import duckdb

    if how == ["bare"]:
        import rich
    else:
        import rich.console
        import rich.table  # noqa: F401

    with duckdb.connect(database) as connection:
        rows = connection.execute("select * from row").fetchall()
    files = _git(repository, "ls-files", "-s")
    changed = _git(repository, "status", "--porcelain")
    print(len(rows), files.count(b"\n"), changed.count(b"\n"))


def prepare(database: str) -> None:
    """Make the database that ``main`` reads: rows about as long as those of a file's report."""
    import duckdb

    with duckdb.connect(database) as connection:
        connection.execute(
            "create table row as select i as id, 'path/to/file_' || i || '.py' as path, md5(i::varchar) as key,"
            " repeat(md5(i::varchar), 8) as data from range(3000) t(i)"
        )


def _git(repository: str, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=repository, capture_output=True, check=True).stdout


if __name__ == "__main__":
    main()
