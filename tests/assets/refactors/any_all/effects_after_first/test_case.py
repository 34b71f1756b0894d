import subject


def test_a_changed_document_is_saved():
    document = subject.Document("new", "old")
    assert document.sync() is True
    assert document.saved == "new"
    assert document.sync() is False


def test_whether_one_had_changed():
    same, other = subject.Document("a", "a"), subject.Document("b")
    assert subject.sync_all([same, other]) is True
    assert (same.saved, other.saved) == ("a", "b")
    assert subject.sync_all([same, other]) is False


def test_no_documents():
    assert subject.sync_all([]) is False
