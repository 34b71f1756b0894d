import pytest

import subject


@pytest.mark.parametrize(("value", "port"), [("80", 80), (443, 443), (" 8080 ", 8080), ("65535", 65535), (1, 1)])
def test_ports_are_read(value, port):
    assert subject.parse_port(value) == port


@pytest.mark.parametrize("value", ["", "http", "0", 65536, "-1", "8.0"])
def test_what_is_not_a_port_is_refused(value):
    with pytest.raises(ValueError, match="not a port"):
        subject.parse_port(value)
