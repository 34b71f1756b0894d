"""The orchestrator: gives each agent its task, moves the floor between them, and records all of it."""
