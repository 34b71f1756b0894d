"""Measurements of Nova, each with the goal it is held against."""
