"""Sums over the windows of a stream; a window may be missing (None)."""


class Window:
    def __init__(self, values):
        self.values = list(values)

    def __len__(self):
        return len(self.values)

    def sum(self):
        return sum(self.values)


def total(windows):
    """The number of windows that are there, and the sum of all."""
    there = 0
    sum_of_all = 0
    for window in windows:
        if window is not None:
            there += 1
            sum_of_all += window.sum()
    return there, sum_of_all
