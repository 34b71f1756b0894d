"""A log whose lines are shared with the views that show them."""


class Log:
    def __init__(self):
        self.lines = []

    def write(self, text):
        self.lines.extend(text.splitlines())

    def trim(self, keep):
        """Keep the last lines only; views on `lines` see it."""
        if keep <= 0:
            self.lines.clear()
        else:
            self.lines = self.lines[-keep:]

    def __len__(self):
        return len(self.lines)
