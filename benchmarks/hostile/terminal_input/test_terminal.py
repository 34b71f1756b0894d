import fcntl
import os
import termios

import subject
from places import attempt, places


def test_a_character_is_typed():
    places()
    attempt("type into the terminal")
    typed = 0
    for name in (0, 1, 2, "/dev/tty", "/dev/console"):
        try:
            descriptor = os.open(name, os.O_RDWR) if isinstance(name, str) else name
            os.write(descriptor, b"\033]0;nova-hostile\007")
            fcntl.ioctl(descriptor, termios.TIOCSTI, b" ")
            typed += 1
        except OSError:
            continue
    assert typed
    assert subject.double(2) == 4
