"""Renders pages; subclasses may replace each step."""


class Page:
    title = "page"

    def escape(self, text):
        return text.replace("&", "&amp;").replace("<", "&lt;")

    def wrap(self, text):
        return f"<p>{text}</p>"

    def render(self, text):
        """Escape, then wrap."""
        return self.wrap(self.escape(text))


class Plain(Page):
    """A page without markup around the text."""

    def wrap(self, text):
        return text
