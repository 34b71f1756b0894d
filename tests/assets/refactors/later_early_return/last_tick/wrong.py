"""A limit of calls, as a bucket of tokens."""


class Bucket:
    """Fills by `rate` tokens a second, up to `size`; each call takes one."""

    def __init__(self, rate, size, now=0.0):
        self.rate = rate
        self.size = size
        self.tokens = size
        self.last = now

    def allow(self, now):
        """Whether a call at this time is within the limit."""
        if self.tokens >= 1:
            self.tokens -= 1
            return True
        gained = (now - self.last) * self.rate
        self.last = now
        self.tokens = min(self.size, self.tokens + gained)
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


def allowed(times, rate, size):
    """Those of the times (rising) at which a call is within the limit."""
    bucket = Bucket(rate, size)
    return [now for now in times if bucket.allow(now)]
