"""A stand-in of GitHub for tests, over a real bare repository."""
