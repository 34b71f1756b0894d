"""Temperatures that are read from text."""


class Degrees:
    unit = ""

    def __init__(self, value):
        self.value = value

    @classmethod
    def parse(cls, text):
        """An object of the class that is asked."""
        return cls(float(text.strip().rstrip('°CF')))

    def __str__(self):
        return f"{self.value:g}{self.unit}"


class Celsius(Degrees):
    unit = "\u00b0C"
