"""Voices with their own marks."""

MARK = "."


class Voice:
    """Ends each sentence with its mark."""

    MARK = "."

    def say(self, text):
        return text + MARK


class Loud(Voice):
    MARK = "!"

    def shout(self, text):
        return self.say(text.upper())
