"""The door, and who explains."""
