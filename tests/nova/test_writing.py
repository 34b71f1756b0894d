from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nova.errors import UsageError
from nova.writing import replace_file

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_replaced_with_its_rights(tmp_path: Path) -> None:
    place = tmp_path / "a.py"
    place.write_bytes(b"x = 1\r\n")
    place.chmod(0o751)
    replace_file(tmp_path, "a.py", b"x = 1\r\n", b"x = 2\r\n")
    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (b"x = 2\r\n", 0o751)
    assert [p.name for p in tmp_path.iterdir()] == ["a.py"]


def test_a_file_that_is_not_what_was_read_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"mine\n")
    with pytest.raises(UsageError, match="changed while"):
        replace_file(tmp_path, "a.py", b"x = 1\n", b"x = 2\n")
    assert (tmp_path / "a.py").read_bytes() == b"mine\n"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_link_is_no_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "real.py").write_bytes(b"x = 1\n")
    (tmp_path / "a.py").symlink_to("real.py")
    with pytest.raises(UsageError, match="not a file of its own"):
        replace_file(tmp_path, "a.py", b"x = 1\n", b"x = 2\n")
    (tmp_path / "inside").mkdir()
    with pytest.raises(UsageError, match="not a file of its own"):
        replace_file(tmp_path / "inside", "../real.py", b"x = 1\n", b"x = 2\n")
    assert (tmp_path / "real.py").read_bytes() == b"x = 1\n"


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="could not be written"):
        replace_file(tmp_path, "a.py", b"", b"x = 2\n")
