import subject


def test_a_channel_writes():
    channel = subject.Channel()
    channel.write(1)
    channel.write(2)
    assert channel.written == [1, 2]


def test_a_channel_reads():
    channel = subject.Channel()
    channel.read_from.extend("ab")
    assert channel.read() == "a"
    assert channel.read_from == ["b"]


def test_readers_and_writers_say_what_they_do():
    assert subject.Reader().describe() == "reads"
    assert subject.Writer().describe() == "writes"
