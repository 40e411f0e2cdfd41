"""Bringing the cluster up: everything between holding the server lock and the first answer."""

from __future__ import annotations

import re
import select
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from provender.kit.embedded.binaries import find_binaries, reachable_binaries
from provender.kit.embedded.cluster import (
    TAIL_CHARACTERS,
    clear_remains,
    create_cluster,
    hand_over,
    own,
    read_cluster_version,
)
from provender.kit.embedded.disk import ROOM_FOR_START_MIB, is_full, refuse_full_disk
from provender.kit.embedded.errors import FolderUnusable, StartFailed
from provender.kit.embedded.identity import PYTHON, choose_identity
from provender.kit.embedded.layout import Layout, Record, write_record
from provender.kit.embedded.locks import Lock, Patience
from provender.kit.embedded.probe import ask_server, read_pid_file
from provender.kit.embedded.programs import Workshop
from provender.kit.embedded.settings import server_arguments, write_settings
from provender.kit.embedded.sockets import is_scratch, make_socket_folder
from provender.kit.embedded.surroundings import program_environment
from provender.kit.embedded.upgrade import finish_upgrade, upgrade_cluster

SUPERVISOR = Path(__file__).with_name("supervisor.py")
LARGEST_LOG_BYTES = 10 * 1024 * 1024
LAST_WORDS = re.compile(r"(?:FATAL|PANIC):\s+(.+)")
FORBIDDEN = "Permission denied"


@dataclass(frozen=True)
class Wishes:
    """What the caller of `start_server` asked for."""

    settings: Mapping[str, str]
    binaries: Path | None


def start_cluster(layout: Layout, lock: Lock, wishes: Wishes, patience: Patience) -> Record:
    """Make, upgrade or recover the cluster as needed, and run it under a supervisor.

    Args:
        layout: The folder; its server lock is held by `lock`, so nothing works on the cluster.
        lock: Inherited by the server; the caller closes its own copy afterwards.
        wishes: Settings for this run, and the only programs to use, if named.
        patience: How long to wait without any movement.
    """
    identity = choose_identity(layout)
    hand_over(layout, identity)
    clear_remains(layout)
    workshop = Workshop(identity, lock.descriptor)
    finish_upgrade(layout)
    version = read_cluster_version(layout.cluster)
    found = find_binaries(version, wishes.binaries)
    binaries = reachable_binaries(found, layout, identity)
    if version is None:
        create_cluster(layout, binaries, workshop, wishes.settings)
    elif version < binaries.version:
        upgrade_cluster(layout, binaries, workshop, patience)
    write_settings(layout.cluster, binaries, identity)
    record = Record(make_socket_folder(layout, identity), binaries.folder, binaries.version)
    write_record(layout, record)
    _run(layout, record, workshop, wishes.settings, patience=patience)
    return record


def _run(
    layout: Layout,
    record: Record,
    workshop: Workshop,
    settings: Mapping[str, str],
    *,
    patience: Patience,
) -> None:
    with _open_log(layout, workshop) as log:
        begin = log.tell()
        status = _spawn_supervisor(layout, record, workshop, settings, log=log)
    with status:
        while True:
            ready = read_pid_file(layout.cluster).ready
            answer = ask_server(record.socket) if ready else None
            if answer is not None and answer.accepts:
                return
            if _has_ended(status):
                _refuse_ended(layout, begin)
            patience.pause(f"PostgreSQL in {layout.folder} to accept connections")


def _open_log(layout: Layout, workshop: Workshop) -> IO[bytes]:
    """Open the server's log at its end; a long one is put aside first, replacing the last."""
    if layout.log.exists() and layout.log.stat().st_size > LARGEST_LOG_BYTES:
        layout.log.replace(layout.log.with_name(layout.log.name + ".1"))
    layout.log.touch(mode=0o600)
    own(layout.log, workshop.identity)
    log = layout.log.open("ab")
    log.seek(0, 2)
    return log


def _spawn_supervisor(
    layout: Layout,
    record: Record,
    workshop: Workshop,
    settings: Mapping[str, str],
    *,
    log: IO[bytes],
) -> IO[bytes]:
    """Start the supervisor, detached; returns the pipe on which it reports the server's end."""
    arguments = server_arguments(layout.cluster, record.socket_folder, settings)
    scratch = str(record.socket_folder) if is_scratch(record.socket_folder, layout) else ""
    command = workshop.command(record.binaries / "postgres", *arguments, death_signal=signal.SIGINT)
    lock = workshop.lock_descriptor
    starter = subprocess.Popen(
        [*PYTHON, SUPERVISOR, layout.users_lock, str(lock), scratch, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        start_new_session=True,
        cwd="/",
        env=program_environment(),
        pass_fds=(lock,),
    )
    starter.wait()  # It has forked, and lives on as nobody's child.
    if starter.stdout is None:
        raise StartFailed("The supervisor of PostgreSQL has no way to report.")
    return starter.stdout


def _has_ended(status: IO[bytes]) -> bool:
    """Whether the supervisor reported that PostgreSQL ended, or is gone itself."""
    readable, _, _ = select.select([status], [], [], 0)
    return bool(readable)


def _refuse_ended(layout: Layout, begin: int) -> NoReturn:
    """Say why the server ended, from what it wrote to its log since `begin`."""
    with layout.log.open("rb") as log:
        log.seek(begin)
        report = log.read().decode(errors="replace")
    if is_full(layout.home, report):
        refuse_full_disk(layout.home, ROOM_FOR_START_MIB)
    words = LAST_WORDS.findall(report)
    reason = str(words[-1]) if words else report.strip()[-TAIL_CHARACTERS:] or "no message"
    if FORBIDDEN in reason:
        raise FolderUnusable(
            f"PostgreSQL may not use the folder {layout.folder}: {reason}",
            hint="Give all files in it to the user who runs the program, and start again.",
            field="data",
        )
    raise StartFailed(
        f"PostgreSQL in {layout.folder} did not start: {reason}",
        hint=f"Nothing was removed. The whole message is at the end of {layout.log}.",
    )
