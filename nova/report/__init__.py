"""Reports: a review in, text out. Pure functions; each format loads its own module when it is asked for."""

from nova.report.formats import FORMATS, SHOW_FORMATS, render, show

__all__ = ["FORMATS", "SHOW_FORMATS", "render", "show"]
