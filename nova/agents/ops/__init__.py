"""Who follows what goes on: projects, and what went wrong."""
