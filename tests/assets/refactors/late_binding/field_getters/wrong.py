"""Row classes with a property for each column."""


def make_row(columns):
    """A class for rows with these columns."""

    def __init__(self, values):
        self.values = tuple(values)

    namespace = {"__init__": __init__}
    for index, column in enumerate(columns):
        namespace[column] = property(lambda self: self.values[index])
    return type("Row", (), namespace)
