"""The socket: HTTP/1.1 with kept connections on loopback, and what is told apart there: interfaces, git, control."""

from __future__ import annotations

import contextlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from tests.forge import control, smart_http
from tests.forge.app import App, Cut
from tests.forge.wire import Refused, Request, Response, not_found


class Server(ThreadingHTTPServer):
    """Serves one ``App`` until it is closed."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, app: App, port: int = 0) -> None:
        self.app = app
        super().__init__(("127.0.0.1", port), _Handler)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="forge", daemon=True)

    @property
    def web(self) -> str:
        """The server's address, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and free the port."""
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "GitHub.com"
    sys_version = ""
    disable_nagle_algorithm = True
    server: Server

    def _answer(self) -> None:
        request = self._read()
        if request is None:
            return
        app = self.server.app
        try:
            if request.path.startswith(control.PREFIX):
                self._send(control.answer(app, request))
            elif (name := smart_http.named(unquote(request.path))) is not None:
                self._git(request, name)
            else:
                web = f"http://{self.headers.get('host') or self.server.web.removeprefix('http://')}"
                self._send(app.answer(request, web))
        except Refused as refusal:
            self._send(refusal.response)
        except Cut:
            self._cut()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _answer  # noqa: N815 - the names of the base class

    def _git(self, request: Request, name: str) -> None:
        app = self.server.app
        fault = app.fault_of(request, is_git=True)
        if fault and fault.drop == "before":
            raise Cut
        if fault and fault.status:
            raise Refused(fault.status, fault.message)
        with app.lock:
            token = app.token_of(request.headers)
            repository = app.world.find(name)
            if repository is None:
                raise not_found()
            status, headers, body = smart_http.serve(app.world, token, request, repository)
        if fault and fault.drop == "after":
            raise Cut
        self._write(status, headers, body)

    def _read(self) -> Request | None:
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = self._chunks()
        else:
            length = int(headers.get("content-length") or 0)
            body = self.rfile.read(length)
            if len(body) < length:
                self.close_connection = True
                return None
        return Request(self.command, path, query, headers, body)

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _send(self, response: Response) -> None:
        self._write(response.status, response.headers, response.body())

    def _write(self, status: int, headers: dict[str, str], body: bytes) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status not in {204, 304}:
                self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD" and status not in {204, 304}:
                self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _cut(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def handle(self) -> None:
        """Serve one connection; a client that went away is nobody's error."""
        try:
            super().handle()
        except (ConnectionResetError, BrokenPipeError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
        """Say nothing: the log of exchanges is for reading."""
