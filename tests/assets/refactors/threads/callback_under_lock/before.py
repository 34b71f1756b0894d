"""A board where news is published."""

import threading


class Board:
    def __init__(self):
        self.lock = threading.Lock()
        self.news = []
        self.readers = []

    def publish(self, text):
        """Keep the text, then tell the readers, who may publish in turn."""
        with self.lock:
            self.news.append(text)
            readers = list(self.readers)
        for reader in readers:
            reader(text)
        return len(self.news)
