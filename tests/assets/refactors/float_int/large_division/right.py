"""How many pages hold so many items."""


def pages(items: int, size: int) -> int:
    """Whole pages, the last perhaps not full; exact for numbers of any size."""
    if size < 1:
        raise ValueError("a page holds at least one")
    return (items - 1) // size + 1


def last_page(items, size):
    """How many items the last page holds."""
    return items - (pages(items, size) - 1) * size if items else 0
