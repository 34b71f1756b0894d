"""People and things that keep a log."""


class Named:
    def __init__(self, name, **rest):
        self.name = name


class Logged:
    def __init__(self, **rest):
        super().__init__(**rest)
        self.events = []

    def log(self, event):
        self.events.append(event)


class Employee(Named, Logged):
    def __init__(self, name, company):
        super().__init__(name=name)
        self.company = company
        self.events = [f"{name} joined {company}"]
