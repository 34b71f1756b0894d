"""The roster: who works here, what each may do, and whether their pages are right."""

from nova.errors import RosterError
from nova.roster.agent import DOOR, PLANNED, Agent, Roster, make
from nova.roster.reading import built_in, every, load

__all__ = ["DOOR", "PLANNED", "Agent", "Roster", "RosterError", "built_in", "every", "load", "make"]
