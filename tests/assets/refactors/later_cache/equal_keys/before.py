"""Values of a template as literals of JavaScript."""

import json


class Renderer:
    def __init__(self):
        self.calls = 0

    def literal(self, value):
        """A number, text, true, false or null as JavaScript has them."""
        self.calls += 1
        if isinstance(value, str):
            return json.dumps(value).replace("</", "<\\/")
        return json.dumps(value)

    def assignments(self, values):
        """A script that sets the variables of a dict, in order."""
        return "".join(f"let {name} = {self.literal(value)};\n" for name, value in values.items())
