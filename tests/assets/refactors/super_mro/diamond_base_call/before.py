"""Responses put together from mixins."""


class Response:
    def headers(self):
        return {"Server": "toy"}


class Json(Response):
    """A response in JSON."""

    def headers(self):
        headers = super().headers()
        headers["Content-Type"] = "application/json"
        return headers


class Gzip(Response):
    """A compressed response."""

    def headers(self):
        headers = super().headers()
        headers["Content-Encoding"] = "gzip"
        return headers
