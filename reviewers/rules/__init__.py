"""The rules of Nova's own, one a file."""
