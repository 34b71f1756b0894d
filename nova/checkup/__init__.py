"""What Nova finds on a machine: each thing that a review leans on, looked at for real."""

from nova.checkup.check import Check
from nova.checkup.order import checks

__all__ = ["Check", "checks"]
