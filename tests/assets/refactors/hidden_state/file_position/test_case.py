import zlib
from io import BytesIO

import subject


def test_a_checksum():
    assert subject.checksum(BytesIO(b"hello world")) == zlib.crc32(b"hello world")
    assert subject.checksum(BytesIO()) == 0


def test_a_stream_is_read_from_its_beginning():
    stream = BytesIO(b"hello")
    assert subject.checksum(stream) == subject.checksum(stream)
    assert subject.same(stream, BytesIO(b"hello"))
    assert not subject.same(stream, BytesIO(b"hellp"))
