# SPDX-License-Identifier: MIT
"""Receives what Alertmanager posts."""

import json
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Post:
    moment: float  # seconds since 1970
    path: str
    message: dict


class Webhook:
    """Serves on a listening socket until it is closed."""

    def __init__(self, listener):
        self._news = threading.Condition()
        self._posts: list[Post] = []  # in the order of arrival
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                hook._take(Post(time.time(), self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"ok")  # what Slack answers

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(listener.getsockname(), Handler, bind_and_activate=False)
        self._server.socket.close()
        self._server.socket = listener
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> tuple[str, int]:
        return self._server.server_address

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def mark(self) -> int:
        return len(self._posts)

    def since(self, mark: int) -> list[Post]:
        with self._news:
            return self._posts[mark:]

    def first(self, mark: int, find, timeout: float):
        """What `find` makes of the first post after the mark of which it makes something, waiting for it; None if none comes."""
        def look():
            return next(filter(None, map(find, self._posts[mark:])), None)
        with self._news:
            return self._news.wait_for(look, timeout)

    def _take(self, post: Post):
        with self._news:
            self._posts.append(post)
            self._news.notify_all()
