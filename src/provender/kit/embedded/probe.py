"""Asking a PostgreSQL server, over its socket, whether it is there and lets people in.

The only answer that counts is the server's own: process tables and files that hold process
ids lie after a crash, a reboot, or in a container.

Source: PostgreSQL 18, "Frontend/Backend Protocol", message formats; error code 57P03
(cannot_connect_now) of appendix A.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from dataclasses import dataclass
from pathlib import Path

PROTOCOL_3_0 = 196608
STARTUP = b"user\0postgres\0database\0postgres\0\0"
NOT_NOW = b"\0C57P03\0"
TERMINATE = b"X\x00\x00\x00\x04"
ANSWER_WITHIN_S = 5.0


@dataclass(frozen=True)
class Answer:
    """A server that listens: its main process, and whether it lets clients in.

    `process_id` is what the kernel says of the listener, 0 when that process lives in
    another container. A server that starts, recovers or stops does not accept.
    """

    process_id: int
    accepts: bool


@dataclass(frozen=True)
class PidFile:
    """What `postmaster.pid` says, which may be a dead server's note, empty, or cut short.

    Good for one thing: a server that has not noted `ready` need not be asked. Each question
    before that is a line in its log, and a recovery can take long.
    """

    process_id: int
    ready: bool


def ask_server(socket_path: Path) -> Answer | None:
    """Return the answer of whoever listens on the socket, None when nobody does.

    Raises:
        PermissionError: The socket belongs to somebody else.
    """
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(ANSWER_WITHIN_S)
        try:
            connection.connect(str(socket_path))
        except PermissionError:
            raise
        except OSError:
            return None
        size = struct.calcsize("3i")
        peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
        process_id = int(struct.unpack("3i", peer)[0])
        try:
            return Answer(process_id, accepts=_lets_in(connection))
        except OSError:
            # It listens and hung up: a server that is stopping ends new connections half-way.
            return Answer(process_id, accepts=False)


def read_pid_file(cluster: Path) -> PidFile:
    """Return what PostgreSQL's lock file says; process 0, not ready, when it says nothing."""
    try:
        lines = (cluster / "postmaster.pid").read_bytes().splitlines()
    except FileNotFoundError:
        lines = []
    first = lines[0].strip() if lines else b""
    return PidFile(
        process_id=int(first) if first.isdigit() else 0,
        ready=bool(lines) and lines[-1].strip() == b"ready",
    )


def _lets_in(connection: socket.socket) -> bool:
    """Read messages until the server is ready for a query or has said no.

    Any refusal other than "not now" (no such role, too many connections) comes from a
    server that works.
    """
    connection.sendall(struct.pack("!ii", 8 + len(STARTUP), PROTOCOL_3_0) + STARTUP)
    while True:
        kind = _read_exactly(connection, 1)
        (length,) = struct.unpack("!i", _read_exactly(connection, 4))
        body = _read_exactly(connection, int(length) - 4)
        if kind == b"E":
            return NOT_NOW not in b"\0" + body
        if kind == b"Z":
            with contextlib.suppress(OSError):  # It said yes; a farewell may come too late.
                connection.sendall(TERMINATE)
            return True


def _read_exactly(connection: socket.socket, count: int) -> bytes:
    content = b""
    while len(content) < count:
        piece = connection.recv(count - len(content))
        if not piece:
            raise ConnectionResetError("The server closed the connection.")
        content += piece
    return content
