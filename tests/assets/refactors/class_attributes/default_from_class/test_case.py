import subject


def test_the_time_of_the_class_holds():
    class Other(subject.Client):
        pass

    client = Other("a")
    Other.timeout = 9
    assert client.describe() == "a: 9 s"


def test_a_slower_client():
    assert subject.Client("b").slower(3).describe() == "b: 15 s"
    assert subject.Client.timeout == 5
