import subject


def test_a_plain_response():
    assert subject.Response().headers() == {"Server": "toy"}


def test_json_says_so():
    assert subject.Json().headers() == {"Server": "toy", "Content-Type": "application/json"}


def test_gzip_says_so():
    assert subject.Gzip().headers() == {"Server": "toy", "Content-Encoding": "gzip"}


def test_both_can_be_mixed():
    class Both(subject.Gzip, subject.Json):
        pass

    assert list(Both().headers()) == ["Server", "Content-Type", "Content-Encoding"]
