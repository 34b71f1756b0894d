"""Values of a template as literals of JavaScript."""

import json
from functools import lru_cache


@lru_cache(maxsize=None)
def _literal(value):
    text = json.dumps(value)
    return text.replace("</", "<\\/") if isinstance(value, str) else text


class Renderer:
    def __init__(self):
        self.calls = 0

    def literal(self, value):
        """A number, text, true, false or null as JavaScript has them."""
        self.calls += 1
        return _literal(value)

    def assignments(self, values):
        """A script that sets the variables of a dict, in order."""
        return "".join(f"let {name} = {self.literal(value)};\n" for name, value in values.items())
