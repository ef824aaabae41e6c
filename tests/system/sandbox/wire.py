# SPDX-License-Identifier: MIT
"""Talking to servers inside a sandbox from outside: connections, HTTP, forwarded ports."""

import http.client
import socket
import threading
from dataclasses import dataclass


def connect(where, timeout=5.0) -> socket.socket:
    """To be called inside: a port of 127.0.0.1, a (literal address, port) or a socket's path.

    Nothing here may resolve names: Python would look for its codecs in the sandbox's files.
    """
    if isinstance(where, int):
        where = ("127.0.0.1", where)
    if isinstance(where, tuple):
        family = socket.AF_INET6 if ":" in where[0] else socket.AF_INET
    else:
        family, where = socket.AF_UNIX, str(where)
    channel = socket.socket(family, socket.SOCK_STREAM)
    try:
        channel.settimeout(timeout)
        channel.connect(where)
    except BaseException:
        channel.close()
        raise
    return channel


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


def get(channel: socket.socket, path: str, headers=None, method="GET") -> Answer:
    """One HTTP request over an open connection, which is closed afterwards."""
    connection = http.client.HTTPConnection("localhost")
    connection.sock = channel
    try:
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        body = response.read().decode()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, body)
    finally:
        connection.close()


class Forward:
    """A listener on this host's loopback whose connections end in the sandbox."""

    def __init__(self, open_inside, port=0):
        self._open_inside = open_inside
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)  # wakes accept(), which close() would not
        self._listener.close()

    def _accept(self):
        while True:
            try:
                outer, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(outer,), daemon=True).start()

    def _join(self, outer):
        with outer:
            try:
                inner = self._open_inside()
            except OSError:
                return
            with inner:
                inner.settimeout(None)
                back = threading.Thread(target=_pump, args=(inner, outer), daemon=True)
                back.start()
                _pump(outer, inner)
                back.join()


def _pump(source, sink):
    """Copies until either side closes, then closes the other."""
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
