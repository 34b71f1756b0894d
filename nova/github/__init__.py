"""GitHub: the only package that imports PyGithub, behind the port of ``nova.living.port``. Its face loads nothing."""
