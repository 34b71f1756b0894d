"""An item as a sentence for a reader. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from memory.item import Item


def text_of(item: Item) -> str:
    """What an item is about, where its own words do not say so, what it says, and why it is so."""
    if item.predicate and item.subject:
        text = f"{item.subject} {item.predicate}: {item.value}"
    elif item.subject and item.subject.casefold() not in item.value.casefold():
        text = f"{item.subject}: {item.value}"
    else:
        text = item.value
    return f"{text} (because {item.because})" if item.because else text
