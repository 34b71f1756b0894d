"""Tools that are not Nova's own, one a file."""
