import socket

import pytest
from places import attempt, places


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "0.0.0.0", socket.gethostname()])
def test_the_world_outside_answers(host):
    port = places()["port"]
    attempt(f"tcp {host}")
    with socket.create_connection((host, port), timeout=3) as connection:
        connection.sendall(b"escaped\n")
