"""Whether a fleet is ready."""


class Ship:
    def __init__(self, name, crew=0):
        self.name = name
        self.crew = crew

    def ready(self):
        return self.crew >= 3


def ready(ships):
    """Whether there are ships and all of them are ready."""
    answer = False
    for ship in ships:
        answer = ship.ready()
        if not answer:
            break
    return answer


def report(ships):
    return "ready" if ready(ships) else "not ready"
