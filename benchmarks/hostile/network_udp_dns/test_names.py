import socket

from places import attempt, places


def test_a_datagram_leaves():
    attempt("udp")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(("127.0.0.1", places()["udp_port"]))
        sender.settimeout(2)
        sender.send(b"escaped")
        assert sender.recv(16), "the harness answers each datagram with one byte"


def test_a_name_is_resolved():
    places()
    attempt("dns")
    assert socket.getaddrinfo("example.com", 80)
