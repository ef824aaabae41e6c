#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Health endpoints as bad as they get: one never answers, one drips, one sends a gigabyte. And a good one."""

import socket
import threading
import time

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"


def good(peer):
    peer.recv(4096)
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def hang(peer):
    while peer.recv(4096):
        pass


def drip(peer):
    for byte in HEAD:
        peer.send(bytes([byte]))
        time.sleep(1)


def flood(peer):
    peer.sendall(HEAD)
    for _ in range(1024):
        peer.sendall(b"x" * 1048576)


def serve(port, answer):
    listener = socket.create_server(("127.0.0.1", port))
    while True:
        threading.Thread(target=answer_one, args=(listener.accept()[0], answer), daemon=True).start()


def answer_one(peer, answer):
    with peer:
        try:
            answer(peer)
        except OSError:
            pass  # the other side has had enough


for number, kind in enumerate((good, hang, drip, flood)):
    threading.Thread(target=serve, args=(7000 + number, kind)).start()
