"""A register that calls itself."""

import threading


class Register:
    def __init__(self):
        self.lock = threading.RLock()
        self.total = 0

    def hold(self):
        if not self.lock.acquire(timeout=0.2):
            raise TimeoutError("the register is held")

    def add(self, amount):
        self.hold()
        try:
            self.total += amount
        finally:
            self.lock.release()

    def add_all(self, *amounts):
        self.hold()
        try:
            for amount in amounts: self.add(amount)
        finally:
            self.lock.release()
        return self.total
