"""What counts as an answer of a server: only what comes over its socket."""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from provender.kit.embedded.probe import Answer, ask_server


def error(code: str) -> bytes:
    """Return an error message as PostgreSQL sends it."""
    fields = b"SFATAL\0VFATAL\0C" + code.encode() + b"\0Mnot today\0\0"
    return b"E" + struct.pack("!i", 4 + len(fields)) + fields


READY = b"R\0\0\0\x08\0\0\0\0" + b"S\0\0\0\x08a\0b\0" + b"Z\0\0\0\x05I"


@contextmanager
def listening(path: Path, says: bytes) -> Generator[None]:
    """Listen as a server that says this to the first who comes, and hangs up."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1024)
                # In pieces, as a slow machine does.
                for byte in says:
                    connection.sendall(bytes([byte]))

        thread = threading.Thread(target=serve)
        thread.start()
        yield
        thread.join()


@pytest.mark.parametrize(
    ("says", "accepts"),
    [
        (READY, True),
        (error("57P03"), False),
        (error("53300"), True),
        (error("28000"), True),
        (b"", False),
        (READY[:12], False),
    ],
    ids=["ready", "starting or stopping", "full", "a stranger", "hangs up", "breaks off"],
)
def test_a_server_accepts_unless_it_says_not_now_or_hangs_up(tmp_path: Path, says: bytes, *, accepts: bool) -> None:
    with listening(tmp_path / "s", says):
        assert ask_server(tmp_path / "s") == Answer(os.getpid(), accepts)


def leave_nothing(path: Path) -> None:
    assert not path.exists()


def leave_a_dead_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


def leave_a_file(path: Path) -> None:
    path.write_text("no socket")


@pytest.mark.parametrize("leave", [leave_nothing, leave_a_dead_socket, leave_a_file])
def test_where_nobody_listens_nobody_answers(tmp_path: Path, leave: Callable[[Path], None]) -> None:
    leave(tmp_path / "s")

    assert ask_server(tmp_path / "s") is None
