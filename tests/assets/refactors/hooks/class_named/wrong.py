"""Lengths with a unit that subclasses choose."""


class Length:
    factor = 1
    unit = "m"

    def __init__(self, metres):
        self.metres = metres

    def convert(self):
        return self.metres * Length.factor

    def show(self):
        return f"{self.convert():.1f} {self.unit}"


class Kilometres(Length):
    unit = "km"

    def convert(self):
        return self.metres / 1000
