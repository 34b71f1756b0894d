import subject


def test_a_text_is_composed_and_saved():
    draft = subject.Draft()
    assert subject.compose(draft, ["a", "b"]) == "a\nb"
    assert draft.saved == ["a", "b"]
    assert draft.lines == []


def test_what_is_written_in_a_block_is_saved():
    draft = subject.Draft()
    with draft as same:
        same.lines.append("c")
    assert draft.saved == ["c"]
