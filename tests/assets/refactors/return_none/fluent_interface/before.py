"""Queries that are put together in a chain."""


class Query:
    def __init__(self, table):
        self.table = table
        self.conditions = []
        self.most = None

    def where(self, condition):
        self.conditions.append(condition)
        return self

    def limit(self, most):
        self.most = most
        return self

    def __str__(self):
        text = "select * from " + self.table
        if (self.conditions):
            text += " where " + " and ".join(self.conditions)
        return text + (f" limit {self.most}" if self.most is not None else "")
