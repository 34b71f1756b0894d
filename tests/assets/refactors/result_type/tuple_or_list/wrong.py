"""Keys for sentences that hold the same words."""


def key(sentence):
    return sorted(sentence.lower().split())


def group(sentences):
    """Sentences with the same words stand together."""
    groups = {}
    for sentence in sentences:
        groups.setdefault(key(sentence), []).append(sentence)
    return [found for found in groups.values() if found != []]
