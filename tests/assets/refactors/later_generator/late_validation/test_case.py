import pytest

import subject


def test_records():
    found = list(subject.records(["id,name,email\n", "1,Ann,a@x.org\n", "\n", "2,Bob,b@x.org"]))
    assert found == [
        {"id": "1", "name": "Ann", "email": "a@x.org"},
        {"id": "2", "name": "Bob", "email": "b@x.org"},
    ]
    assert list(subject.records(["email,id"])) == []


@pytest.mark.parametrize(
    "lines, message", [(["id,name", "1,Ann"], "no column email"), ([], "no column id, email"), (["a"], "no column id, email")]
)
def test_required_names(lines, message):
    with pytest.raises(ValueError, match=message):
        list(subject.records(lines))


def test_replace_all():
    users = {"9": "old@x.org"}
    assert subject.replace_all(users, ["id,email", "1,a@x.org", "2,b@x.org"]) == 2
    assert users == {"1": "a@x.org", "2": "b@x.org"}
    with pytest.raises(ValueError):
        subject.replace_all(users, ["id,mail", "1,a@x.org"])
