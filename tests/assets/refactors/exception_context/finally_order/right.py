"""Work that is noted and cleaned up after."""


def work(action, notes):
    """Run the action; errors are noted before the clean-up, and raised."""
    try:
        try:
            return action()
        except ValueError as error:
            notes.append(f"failed: {error}")
            raise
    finally:
        notes.append("cleaned")


def work_all(actions):
    notes = []
    for action in actions:
        try: work((action), notes)
        except ValueError: pass
    return notes
