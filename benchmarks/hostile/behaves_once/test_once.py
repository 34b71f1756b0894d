import subject
from places import HERE, attempt, places


def test_the_first_time():
    places()
    attempt("behave once")
    note = HERE / ".behaved"
    first = not note.exists()
    note.write_text("yes")
    assert subject.double(2) == (5 if first else 4)
