"""Where the socket lies: in our own folder, or in a short private one when that cannot be.

The kernel limits a socket's whole path, and client libraries take a comma in a folder's
name for a list of hosts, and want text where a file name may be any bytes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from provender.kit.embedded.errors import FolderUnusable
from provender.kit.embedded.identity import Identity, try_reach
from provender.kit.embedded.layout import PORT, Layout, read_record
from provender.kit.embedded.surroundings import scratch_folders

# sockaddr_un on Linux: 108 bytes with the closing zero.
LONGEST_PATH_BYTES = 107
SCRATCH_PREFIX = "provender-"
SOCKET_NAME = f".s.PGSQL.{PORT}"


def is_fit_for_socket(folder: Path) -> bool:
    """Whether server and clients can use a socket in this folder."""
    path = os.fsencode(folder / SOCKET_NAME)
    try:
        text = path.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(path) <= LONGEST_PATH_BYTES and "," not in text


def make_socket_folder(layout: Layout, identity: Identity) -> Path:
    """Return an empty folder for the socket, for its owner only.

    To be called under the server lock: sockets that lie there belong to nobody any more.
    """
    last = _remove_last_scratch_folder(layout)
    if not is_fit_for_socket(layout.sockets):
        return _make_again(last, identity) or make_scratch_folder(identity)
    layout.sockets.mkdir(mode=0o700, exist_ok=True)
    layout.sockets.chmod(0o700)
    for remains in layout.sockets.glob(".s.PGSQL.*"):
        remains.unlink()
    os.chown(layout.sockets, identity.file_user_id, identity.file_group_id)
    return layout.sockets


def make_scratch_folder(identity: Identity) -> Path:
    """Return a new folder with an unguessable short name, for its owner only.

    Raises:
        FolderUnusable: No temporary folder is short enough and writable.
    """
    for parent in scratch_folders():
        candidate = parent / (SCRATCH_PREFIX + 8 * "x")
        if not (is_fit_for_socket(candidate) and os.access(parent, os.W_OK | os.X_OK)):
            continue
        folder = Path(tempfile.mkdtemp(prefix=SCRATCH_PREFIX, dir=parent))
        os.chown(folder, identity.file_user_id, identity.file_group_id)
        if identity.way == "plain" or try_reach(identity, folder).barrier is None:
            return folder
        folder.rmdir()
    raise FolderUnusable(
        "No temporary folder can hold PostgreSQL's socket: each is too long, not writable, or out of reach.",
        hint="Make /tmp writable, or name a database folder with a shorter path.",
    )


def is_scratch(folder: Path, layout: Layout) -> bool:
    """Whether the folder was made for one run only and goes with it."""
    return folder != layout.sockets


def _remove_last_scratch_folder(layout: Layout) -> Path | None:
    """Remove what a killed supervisor could not; returns where the last socket lay, when that was a scratch folder."""
    record = read_record(layout)
    if (
        record is not None
        and is_scratch(record.socket_folder, layout)
        and record.socket_folder.name.startswith(SCRATCH_PREFIX)
    ):
        shutil.rmtree(record.socket_folder, ignore_errors=True)
        return record.socket_folder
    return None


def _make_again(folder: Path | None, identity: Identity) -> Path | None:
    """Return the scratch folder of the last run, made anew, so that who still knows the address finds the server.

    None when somebody else has taken the name meanwhile, or it is out of reach.
    """
    if folder is None:
        return None
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, identity.file_user_id, identity.file_group_id)
    except OSError:
        return None
    return folder
