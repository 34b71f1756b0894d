"""Nova's night: listen, review, what to mend first, what is proved proposed; over several targets, one at a time."""

from nova.nightly.night import Night, night
from nova.nightly.nights import Asked, Told, nights
from nova.nightly.plan import Plan, Way

__all__ = ["Asked", "Night", "Plan", "Told", "Way", "night", "nights"]
