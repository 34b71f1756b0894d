import pytest

import subject


def test_all_granted():
    user = subject.User("ann", {"read", "delete", "edit"})
    assert subject.require(user, "read") is user
    assert subject.require(user, "read", "delete") is user
    assert subject.require(user) is user


def test_something_missing():
    user = subject.User("bob", {"read"})
    with pytest.raises(subject.Denied, match="bob lacks delete, edit"):
        subject.require(user, "read", "edit", "delete")
    with pytest.raises(subject.Denied, match="eve lacks admin"):
        subject.require(subject.User("eve"), "admin")


def test_delete_page():
    pages = {"home": "text", "old": "gone"}
    with pytest.raises(subject.Denied):
        subject.delete_page(subject.User("bob", {"read"}), pages, "old")
    assert "old" in pages
    assert subject.delete_page(subject.User("ann", {"read", "delete"}), pages, "old") == "gone"
    assert pages == {"home": "text"}
