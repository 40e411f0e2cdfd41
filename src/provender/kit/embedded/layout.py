"""Which file lies where inside the folder that the user named, and nothing more.

FOLDER/postgres/            everything of ours
    data/                   the cluster
    data.init/              a cluster in the making; appears as data/ whole or not at all
    data.upgrade/           the next version of the cluster, in the making
    postgres-15-kept-DATE/  the cluster as it was before an upgrade
    run/                    the socket
    binaries/               a copy of the programs, only when root's are out of reach
    users.lock              shared: one holder per process that uses the server
    server.lock             exclusive: held by whoever builds or runs the cluster
    running.json            where the running server's socket and programs are
    upgrade.scratch         the name of a running upgrade's temporary folder
    server.log, upgrade.log
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from provender.kit.embedded.errors import FolderUnusable

PORT = 5432  # Only a part of the socket's name: no TCP port is ever opened.
SUPERUSER = "postgres"
DATABASE = "provender"


@dataclass(frozen=True)
class Layout:
    """The paths inside one folder, absolute and without symbolic links; see the drawing above."""

    folder: Path
    home: Path
    cluster: Path
    unfinished_cluster: Path
    upgraded_cluster: Path
    sockets: Path
    binaries: Path
    users_lock: Path
    server_lock: Path
    record: Path
    log: Path
    upgrade_log: Path
    upgrade_scratch: Path


@dataclass(frozen=True)
class Record:
    """What a start left for those who come after it. Says where to ask, not that it runs."""

    socket_folder: Path
    binaries: Path
    version: int

    @property
    def socket(self) -> Path:
        """The socket itself, as PostgreSQL names it."""
        return self.socket_folder / f".s.PGSQL.{PORT}"


def locate_layout(folder: Path) -> Layout:
    """Return the layout of a folder, which need not exist yet.

    Raises:
        FolderUnusable: The name holds a line break or another control character, which
            PostgreSQL's own lock file cannot carry.
    """
    resolved = folder.expanduser().resolve()
    if any(ord(character) < ord(" ") for character in str(resolved)):
        raise FolderUnusable(
            f"The folder {str(resolved)!r} has a control character in its name.",
            hint="Name a folder without line breaks and tabs.",
            field="data",
        )
    home = resolved / "postgres"
    return Layout(
        folder=resolved,
        home=home,
        cluster=home / "data",
        unfinished_cluster=home / "data.init",
        upgraded_cluster=home / "data.upgrade",
        sockets=home / "run",
        binaries=home / "binaries",
        users_lock=home / "users.lock",
        server_lock=home / "server.lock",
        record=home / "running.json",
        log=home / "server.log",
        upgrade_log=home / "upgrade.log",
        upgrade_scratch=home / "upgrade.scratch",
    )


def read_record(layout: Layout) -> Record | None:
    """Return what the last start wrote; None before the first one and when unreadable."""
    try:
        fields = cast("dict[str, object]", json.loads(layout.record.read_bytes()))
        return Record(
            socket_folder=Path(str(fields["socket_folder"])),
            binaries=Path(str(fields["binaries"])),
            version=int(str(fields["version"])),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def write_record(layout: Layout, record: Record) -> None:
    """Replace the record; a reader sees the old or the new one, never half."""
    fields = {
        "socket_folder": str(record.socket_folder),
        "binaries": str(record.binaries),
        "version": record.version,
    }
    replace_file(layout.record, json.dumps(fields).encode())


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable only by the owner of its folder.

    Untouched when it holds this content already, so that a full disk stops nobody here.
    """
    if path.exists() and path.read_bytes() == content:
        return
    draft = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            folder = path.parent.stat()
            if folder.st_uid != os.geteuid():  # Root writes for the user who runs the server.
                os.fchown(file.fileno(), folder.st_uid, folder.st_gid)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make renames inside `folder` survive a power failure."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
