import subject


def test_join():
    groups = subject.Groups()
    groups.join("staff", "ann")
    groups.join("staff", "bob")
    groups.join("admins", "ann")
    assert groups.names() == ["admins", "staff"]
    assert groups.members["staff"] == {"ann", "bob"}
    assert groups.members == {"staff": {"ann", "bob"}, "admins": {"ann"}}


def test_has():
    groups = subject.Groups()
    assert groups.names() == []
    assert not groups.has("staff", "ann")
    groups.join("staff", "ann")
    assert groups.has("staff", "ann")
    assert groups.has("staff", "bob") is False
    assert groups.has("admins", "ann") is False
