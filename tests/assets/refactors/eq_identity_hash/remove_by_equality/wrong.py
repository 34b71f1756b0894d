"""A queue whose entries can be withdrawn."""


class Task:
    def __init__(self, name, note=""):
        self.name = name
        self.note = note

    def __eq__(self, other):
        return isinstance(other, Task) and self.name == other.name

    def __hash__(self):
        return hash(self.name)


class Queue:
    def __init__(self, tasks=()):
        self.tasks = list(tasks)

    def drop(self, task):
        """Withdraw this very task; others with its name stay."""
        if task in self.tasks:
            self.tasks.remove(task)
            return True
        return False
