#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Connections to checklistd, until standard input ends:

hold.py idle PORT COUNT           opens them and sends nothing
hold.py publish RATE              opens and closes that many a second to the socket of users' reports; 0 is as fast as it can
hold.py reports RATE FILE         publishes the report in that file so many times a second
"""

import select
import socket
import sys
import time

PUBLISH = "/run/checklistd/publish.sock"


def is_over(wait=0.0):
    return bool(select.select([sys.stdin], [], [], wait)[0])


def idle(port, count):
    held = []
    while not is_over(0.02):
        held = [each for each in held if not is_closed(each)]
        while len(held) < count:
            held.append(socket.create_connection(("127.0.0.1", port), 5))
            held[-1].setblocking(False)


def is_closed(channel):
    try:
        return channel.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def publish(rate, text=None):
    done = refused = 0
    due = time.monotonic()
    while not is_over():
        with socket.socket(socket.AF_UNIX) as channel:
            channel.settimeout(5)
            try:
                channel.connect(PUBLISH)
                channel.sendall(text or b"")
            except OSError:
                refused += 1
        done += 1
        if rate:
            due += 1 / rate
            time.sleep(max(0.0, due - time.monotonic()))
    print(f"{done} connections, {refused} of them refused")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["idle", port, count]:
            idle(int(port), int(count))
        case ["publish", rate]:
            publish(float(rate))
        case ["reports", rate, file]:
            publish(float(rate), open(file, "rb").read())
        case _:
            sys.exit(__doc__)
