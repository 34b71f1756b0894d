"""A pool of handles."""


class Pool:
    def __init__(self):
        self.handles = {}

    def open(self, name):
        self.handles[name] = handle = [name]
        return handle

    def release(self, name):
        """Forget the handle; KeyError if there is none."""
        del (self.handles[name])
        return (len(self.handles))


def use(pool, name, work):
    handle = pool.open(name)
    try:
        return work(handle)
    finally:
        pool.release(name)
