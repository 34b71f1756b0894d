"""Shapes with marks; all of a sort begin with the marks of their class."""


class Shape:
    base_marks = ["shape"]

    def __init__(self, marks=()):
        self.marks = self.base_marks + list(marks)

    def mark(self, name):
        if name not in self.marks:
            self.marks.append(name)
        return self


class Round(Shape):
    base_marks = ["shape", "ro" + "und"]
