import os
import socket

import pytest
from places import attempt, places


def connect(address):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        connection.connect(address)


def test_an_abstract_socket_answers():
    name = places()["abstract_socket"]
    attempt("abstract socket")
    connect("\0" + name)


@pytest.mark.parametrize("path", ["/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket", "/run/user/{uid}/bus"])
def test_a_daemon_answers(path):
    places()
    attempt(path)
    connect(path.format(uid=os.getuid()))


def test_a_socket_of_the_harness_answers():
    connect(places()["socket"])
