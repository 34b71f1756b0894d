"""Starts machines."""


class Machine:
    def __init__(self, name, broken=False):
        self.name = name
        self.broken = broken
        self.running = False

    def start(self):
        self.running = not self.broken
        return self.running


def start_all(machines):
    """Start all; for each, whether it runs."""
    started = []
    for machine in machines:
        started.append(machine.start())
    return started


def report(machines):
    return " ".join("up" if up else "down" for up in start_all(machines))
