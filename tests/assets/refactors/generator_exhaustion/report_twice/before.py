"""A report over records, with those that are open."""


class Report:
    def __init__(self, records):
        self.records = records

    def open(self):
        """The records that are not closed; can be gone over many times."""
        found = []
        for record in self.records:
            if not record.get("closed"):
                found.append(record)
        return found

    def names(self):
        return [record["name"] for record in self.open()]
