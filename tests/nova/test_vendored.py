"""What is somebody else's code, by its path and its neighbours."""

from __future__ import annotations

import pytest

from nova.vendored import copies, is_named_so


@pytest.mark.parametrize(
    ("paths", "begin"),
    [
        (["lib/requests/sessions.py", "lib/six.py", "lib/mine.py", "app/main.py"], ("lib/",)),
        (["app/libs/yaml/scanner.py", "app/libs/bs4/element.py", "app/core.py"], ("app/libs/",)),
        (["app/requests/sessions.py", "app/six.py", "app/main.py"], ("app/requests/", "app/six.py")),
        (["requests/sessions.py", "six.py"], ()),
        (["src/requests/sessions.py", "src/requests/api.py"], ()),
        (["sdk/integrations/flask.py", "sdk/integrations/requests.py", "sdk/integrations/tornado.py"], ()),
        (["lib/six.py", "lib/mine.py"], ()),
        ([], ()),
    ],
)
def test_two_well_known_packages_side_by_side_are_copies(paths: list[str], begin: tuple[str, ...]) -> None:
    assert copies(paths) == begin


def test_a_folder_may_say_so_and_a_file_may_not() -> None:
    assert is_named_so("a/_vendor/six.py")
    assert is_named_so("thonny/vendored_libs/serial/x.py")
    assert not is_named_so("a/vendor.py")
