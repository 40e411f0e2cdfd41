"""The door: start or join a PostgreSQL of our own in a folder, ask whether it runs, stop it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import quote, urlencode

from provender.kit.embedded.disk import explaining_os_errors
from provender.kit.embedded.errors import (
    EmbeddedServerError,
    PlatformUnsupported,
    TimedOut,
)
from provender.kit.embedded.identity import refuse_foreign_home
from provender.kit.embedded.layout import (
    DATABASE,
    PORT,
    Layout,
    Record,
    locate_layout,
    read_record,
)
from provender.kit.embedded.locks import PAUSE_S, Lock, Patience, hold_users_lock, try_lock
from provender.kit.embedded.probe import Answer, ask_server, read_pid_file
from provender.kit.embedded.starting import Wishes, start_cluster

NO_SETTINGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Server:
    """A running server that this process uses; when its last user ends, it stops.

    Attributes:
        data_folder: The cluster itself (`FOLDER/postgres/data`), not the folder the user named.
        socket_folder: Where the socket is; nobody but the server's user and root can enter.
        port: The number in the socket's name. No TCP port is open.
        binaries: PostgreSQL's programs of this version: psql, pg_dump, pgbench.
        version: Major version, `server_version_num // 10000`.
    """

    data_folder: Path
    socket_folder: Path
    port: int
    binaries: Path
    version: int
    _use: Lock = field(repr=False, compare=False)

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return a libpq URL. There is no password: the kernel says who connects."""
        place = urlencode({"host": os.fsencode(self.socket_folder), "port": self.port}, quote_via=quote)
        return f"postgresql://{quote(role, safe='')}@/{quote(database, safe='')}?{place}"

    def release(self) -> None:
        """Stop using the server. Returns at once; the last user's end stops it.

        Forgetting to call this does no harm: the end of the process counts too, also by kill -9.
        """
        self._use.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def start_server(
    folder: Path,
    *,
    timeout_s: float = 120,
    settings: Mapping[str, str] = NO_SETTINGS,
    binaries: Path | None = None,
) -> Server:
    """Start PostgreSQL in `folder`, or join the one that runs there already.

    Makes the cluster, with its database `provender`, on first use; recovers it after any
    crash; upgrades it when it is of an older major version (which takes as long as copying
    all its rows, and is not counted in `timeout_s`).

    Args:
        folder: What the user named. Made if missing; only `postgres/` inside it is ours.
        timeout_s: Seconds to wait without any sign of progress, not in all.
        settings: PostgreSQL settings for this run, such as {"fsync": "off"} for tests.
            Ignored when the server runs already.
        binaries: The bin folder to use; by default the best one that is found.

    Raises:
        EmbeddedServerError: One of the family in `errors`; nothing was lost.
    """
    _refuse_other_platforms()
    layout = locate_layout(folder)
    with explaining_os_errors(layout.folder):
        layout.folder.mkdir(parents=True, exist_ok=True)
        refuse_foreign_home(layout)
        layout.home.mkdir(mode=0o700, exist_ok=True)
        return _use(layout, Wishes(settings, binaries), Patience(timeout_s, layout.log))


def _use(layout: Layout, wishes: Wishes, patience: Patience) -> Server:
    """Become a user first, so that no supervisor stops the server meanwhile."""
    use = hold_users_lock(layout.users_lock, patience)
    try:
        record = _join_or_start(layout, wishes, patience)
    except BaseException:
        use.close()
        raise
    return Server(layout.cluster, record.socket_folder, PORT, record.binaries, record.version, use)


def is_running(folder: Path) -> bool:
    """Whether a server in `folder` accepts connections right now. Changes nothing."""
    layout = locate_layout(folder)
    with explaining_os_errors(layout.folder):
        return _accepts(layout)


def stop_server(folder: Path, *, timeout_s: float = 60) -> None:
    """Stop the server in `folder`, whoever started it, and wait until it is gone.

    Its users lose their connections; everything committed is kept. Does nothing when no
    server runs there.

    Raises:
        TimedOut: It was asked to stop and is still at it.
        EmbeddedServerError: It runs where we cannot signal it, in another container.
        FolderUnusable: It belongs to another user.
    """
    _refuse_other_platforms()
    layout = locate_layout(folder)
    with explaining_os_errors(layout.folder):
        refuse_foreign_home(layout)
        answer = _ask(layout)
        if answer is not None:
            _request_stop(layout, answer.process_id, signal.SIGINT)
        elif not _is_ending(layout):
            return
        process_id = answer.process_id if answer else None
        begin, insisted = time.monotonic(), process_id is None
        while not _is_gone(layout, process_id):
            if not insisted and time.monotonic() > begin + timeout_s / 2:
                # A fast shutdown may hang; an immediate one loses nothing, the log is replayed.
                _request_stop(layout, process_id or 0, signal.SIGQUIT)
                insisted = True
            if time.monotonic() > begin + timeout_s:
                raise TimedOut(
                    f"PostgreSQL in {layout.folder} was asked to stop {timeout_s:g} seconds ago and is not gone yet.",
                    hint="It loses nothing, and will end by itself; wait for it.",
                )
            time.sleep(PAUSE_S)


def _request_stop(layout: Layout, process_id: int, kind: signal.Signals) -> None:
    """Ask for a shutdown; a server that is just ending by itself needs no asking."""
    if not process_id:
        raise EmbeddedServerError(
            f"The PostgreSQL in {layout.folder} runs in another container.", hint="Stop it there."
        )
    try:
        process = os.pidfd_open(process_id)
    except ProcessLookupError:
        return
    try:
        # Between the answer and now the process may have ended and its number been given
        # away. If the same process answers again, the descriptor is of the right one.
        again = _ask(layout)
        if again is not None and again.process_id == process_id:
            signal.pidfd_send_signal(process, kind)
    except ProcessLookupError:
        return
    finally:
        os.close(process)


def _is_ending(layout: Layout) -> bool:
    """Whether a supervisor is stopping a server that does not answer any more."""
    if not layout.users_lock.exists():
        return False
    lock = try_lock(layout.users_lock, shared=True)
    if lock is None:
        return True
    lock.close()
    return False


def _is_gone(layout: Layout, process_id: int | None) -> bool:
    """Whether nothing of that server lives any more, or another one has followed it already."""
    lock = try_lock(layout.server_lock)
    if lock is not None:
        lock.close()
        return True
    note = read_pid_file(layout.cluster)
    return note.ready and note.process_id != process_id


def _join_or_start(layout: Layout, wishes: Wishes, patience: Patience) -> Record:
    """Of all who come at once, one gets the lock and starts; the others join its server."""
    while True:
        if _accepts(layout):
            record = read_record(layout)
            if record is not None:
                return record
        lock = try_lock(layout.server_lock)
        if lock is not None:
            try:
                return start_cluster(layout, lock, wishes, patience)
            finally:
                lock.close()
        patience.pause(f"another program to get PostgreSQL in {layout.folder} ready")


def _ask(layout: Layout) -> Answer | None:
    record = read_record(layout)
    return ask_server(record.socket) if record else None


def _accepts(layout: Layout) -> bool:
    """Whether a server lets clients in; one that has not said so is not disturbed."""
    answer = _ask(layout) if read_pid_file(layout.cluster).ready else None
    return answer is not None and answer.accepts


def _refuse_other_platforms() -> None:
    if sys.platform != "linux":
        raise PlatformUnsupported(
            f"The embedded PostgreSQL runs on Linux only, and this is {sys.platform}.",
            hint="Set DATABASE_URL to a PostgreSQL server, 15 or newer.",
        )
