"""Bringing an older cluster to a newer major version, without ever changing the old one.

The old server is started on the old files, the new version's pg_dumpall reads it, and a new
cluster beside it takes everything in. Only when all of that is on the disk are two folders
renamed. Killed at any point, the next start throws the unfinished copy away and begins again,
or finishes the renames.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from provender.kit.embedded.binaries import Binaries, find_old_binaries, reachable_binaries
from provender.kit.embedded.cluster import TAIL_CHARACTERS, initialise, own, read_cluster_version
from provender.kit.embedded.disk import MEBIBYTE, is_full, refuse_full_disk
from provender.kit.embedded.errors import EmbeddedServerError, UpgradeFailed
from provender.kit.embedded.layout import PORT, SUPERUSER, Layout, replace_file, sync_folder
from provender.kit.embedded.locks import Patience
from provender.kit.embedded.probe import ask_server, read_pid_file
from provender.kit.embedded.programs import Streams, Workshop
from provender.kit.embedded.settings import server_arguments, write_settings
from provender.kit.embedded.sockets import make_scratch_folder

OLD_PORT = PORT
NEW_PORT = PORT + 1
# Written into the finished copy: which state of the old cluster it is a copy of.
COPY_OF = "copy_of"
# initdb made this role; the dump's first lines would make it again.
BOOTSTRAP_ROLE = f"CREATE ROLE {SUPERUSER};\n".encode()
BLOCK_BYTES = MEBIBYTE
FAST_SHUTDOWN_S = 45  # As in supervisor.py, where the reason stands.


@dataclass(frozen=True)
class Bench:
    """What both servers of an upgrade share."""

    layout: Layout
    workshop: Workshop
    socket_folder: Path
    log: IO[bytes]
    patience: Patience

    def connection(self, port: int) -> tuple[str, ...]:
        """Return the options with which a client program finds one of the two."""
        return ("-h", str(self.socket_folder), "-p", str(port), "-U", SUPERUSER)


def finish_upgrade(layout: Layout) -> None:
    """Finish the renames of an upgrade that was killed between them, or clear what it left.

    To be called under the server lock, before the cluster is looked at.
    """
    _remove_scratch(layout)
    if not layout.upgraded_cluster.exists():
        return
    if read_cluster_version(layout.cluster) is None:
        if (layout.upgraded_cluster / COPY_OF).exists():
            _move_in(layout)
    elif _is_finished_copy(layout):
        _swap(layout)
    if layout.upgraded_cluster.exists():
        shutil.rmtree(layout.upgraded_cluster)


def upgrade_cluster(layout: Layout, binaries: Binaries, workshop: Workshop, patience: Patience) -> None:
    """Replace the cluster by one of the version of `binaries` with the same content.

    The old cluster stays beside it as `postgres-15-kept-2026-11-20`, for a person to remove.

    Raises:
        OldBinariesMissing: Nothing here can read the old cluster.
        DiskFull: There is no room for a second copy.
        UpgradeFailed: The new version refused something; the sentence says what.
    """
    version = read_cluster_version(layout.cluster) or 0
    old = reachable_binaries(find_old_binaries(version), layout, workshop.identity)
    scratch = make_scratch_folder(workshop.identity)
    replace_file(layout.upgrade_scratch, os.fsencode(scratch))
    layout.upgrade_log.touch(mode=0o600)
    own(layout.upgrade_log, workshop.identity)
    begin = layout.upgrade_log.stat().st_size
    try:
        with layout.upgrade_log.open("ab") as log:
            bench = Bench(layout, workshop, scratch, log, patience)
            _copy(bench, old, binaries)
    except (EmbeddedServerError, OSError) as error:
        _refuse_upgrade(layout, begin, error)
    finally:
        _remove_scratch(layout)
    _swap(layout)


def _copy(bench: Bench, old: Binaries, new: Binaries) -> None:
    """Fill a new cluster from the old one, and mark it as whole once it is on the disk."""
    target = bench.layout.upgraded_cluster
    identity = bench.workshop.identity
    initialise(target, new, bench.workshop, durable=False)
    write_settings(target, new, identity)
    write_settings(bench.layout.cluster, old, identity)
    with (
        _serving(bench, bench.layout.cluster, old, OLD_PORT),
        _serving(bench, target, new, NEW_PORT),
    ):
        _pour(bench, new)
        analysed = bench.workshop.run(
            new.program("vacuumdb"), "--all", "--analyze-only", "-q", *bench.connection(NEW_PORT)
        )
        if analysed.code:
            raise UpgradeFailed(analysed.output.strip())
    synced = bench.workshop.run(new.program("initdb"), "--sync-only", "-D", target)
    if synced.code:
        raise UpgradeFailed(synced.output.strip())
    replace_file(target / COPY_OF, _fingerprint(bench.layout.cluster).encode())
    sync_folder(target)


@contextlib.contextmanager
def _serving(bench: Bench, cluster: Path, binaries: Binaries, port: int) -> Generator[None]:
    """Run a server for the time of the copy. The kernel stops it should we be killed."""
    # The copy becomes durable at its end, in one go; the old cluster always is.
    settings = {"fsync": "off"} if port == NEW_PORT else {}
    arguments = server_arguments(cluster, bench.socket_folder, settings, port)
    postgres = bench.workshop.spawn(
        binaries.program("postgres"),
        *arguments,
        streams=Streams(errors=bench.log, output=bench.log),
        death_signal=signal.SIGINT,
    )
    with postgres:
        try:
            _wait_until_ready(bench, postgres, cluster, port)
            yield
        except BaseException:
            # A copy that failed is thrown away, so its server need not end in order.
            _end(postgres, signal.SIGQUIT if port == NEW_PORT else signal.SIGINT)
            raise
        _end(postgres, signal.SIGINT)
    if postgres.returncode:
        raise UpgradeFailed(f"PostgreSQL {binaries.version} ended with {postgres.returncode}.")


def _end(postgres: subprocess.Popen[bytes], kind: signal.Signals) -> None:
    """Stop a server; one that does not end in time is stopped at once, and recovers later."""
    postgres.send_signal(kind)
    try:
        postgres.wait(FAST_SHUTDOWN_S)
    except subprocess.TimeoutExpired:
        postgres.send_signal(signal.SIGQUIT)


def _wait_until_ready(bench: Bench, postgres: subprocess.Popen[bytes], cluster: Path, port: int) -> None:
    socket = bench.socket_folder / f".s.PGSQL.{port}"
    while True:
        answer = ask_server(socket) if read_pid_file(cluster).ready else None
        if answer is not None and answer.accepts:
            return
        if postgres.poll() is not None:
            raise UpgradeFailed("A server of the upgrade did not start.")
        bench.patience.pause("the two servers of the upgrade to start")


def _pour(bench: Bench, new: Binaries) -> None:
    """Send everything from the old server to the new one; nothing is kept in between."""
    dump = bench.workshop.spawn(
        new.program("pg_dumpall"),
        *(*bench.connection(OLD_PORT), "-l", SUPERUSER),
        streams=Streams(errors=bench.log, output=subprocess.PIPE),
    )
    restore = bench.workshop.spawn(
        new.program("psql"),
        *("-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-d", SUPERUSER),
        *bench.connection(NEW_PORT),
        streams=Streams(errors=bench.log, output=bench.log, given=subprocess.PIPE),
    )
    # A restore that failed closes its end of the pipe; its exit code says so below.
    with contextlib.suppress(BrokenPipeError), dump, restore:
        _forward(dump, restore)
    if restore.returncode or dump.returncode:
        raise UpgradeFailed("The content could not be carried over.")


def _forward(dump: subprocess.Popen[bytes], restore: subprocess.Popen[bytes]) -> None:
    if dump.stdout is None or restore.stdin is None:
        raise UpgradeFailed("The two programs of the copy could not be connected.")
    for line in dump.stdout:
        if line == BOOTSTRAP_ROLE:
            break
        restore.stdin.write(line)
    shutil.copyfileobj(dump.stdout, restore.stdin, BLOCK_BYTES)


def _swap(layout: Layout) -> None:
    """Put the old cluster aside and the copy in its place; each rename is final by itself."""
    version = read_cluster_version(layout.cluster)
    kept = f"postgres-{version}-kept-{time.strftime('%Y-%m-%d', time.gmtime())}"
    target = layout.home / kept
    number = 2
    while target.exists():
        target = layout.home / f"{kept}-{number}"
        number += 1
    layout.cluster.rename(target)
    sync_folder(layout.home)
    _move_in(layout)


def _move_in(layout: Layout) -> None:
    if layout.cluster.exists():
        layout.cluster.rmdir()  # Empty: it has no version.
    layout.upgraded_cluster.rename(layout.cluster)
    sync_folder(layout.home)
    (layout.cluster / COPY_OF).unlink()


def _remove_scratch(layout: Layout) -> None:
    """Remove the folder of an upgrade's sockets, also that of one that was killed."""
    if layout.upgrade_scratch.exists():
        shutil.rmtree(os.fsdecode(layout.upgrade_scratch.read_bytes()), ignore_errors=True)
        layout.upgrade_scratch.unlink()


def _is_finished_copy(layout: Layout) -> bool:
    """Whether the copy is whole and the old cluster was not started since it was made."""
    marker = layout.upgraded_cluster / COPY_OF
    return marker.exists() and marker.read_text() == _fingerprint(layout.cluster)


def _fingerprint(cluster: Path) -> str:
    """Identify a state of a cluster that is not running: any run rewrites this file."""
    return hashlib.sha256((cluster / "global" / "pg_control").read_bytes()).hexdigest()


def _refuse_upgrade(layout: Layout, begin: int, error: Exception) -> NoReturn:
    """Remove the unfinished copy and say why it could not be finished."""
    with layout.upgrade_log.open("rb") as log:
        log.seek(begin)
        report = log.read().decode(errors="replace").strip()
    full = is_full(layout.home, report + str(error))
    shutil.rmtree(layout.upgraded_cluster, ignore_errors=True)
    if full:
        used = sum(
            (Path(folder) / name).stat().st_size for folder, _, names in os.walk(layout.cluster) for name in names
        )
        refuse_full_disk(layout.home, used // MEBIBYTE)
    raise UpgradeFailed(
        f"The database in {layout.folder} could not be upgraded: "
        f"{(first_complaint(report) or str(error))[:TAIL_CHARACTERS]}",
        hint=f"It was not changed. The whole story is in {layout.upgrade_log}.",
    )


def first_complaint(report: str) -> str | None:
    """Return the line of a log that tells why; what follows it are consequences."""
    lines = report.splitlines()
    complaints = [line for word in ("ERROR:", "FATAL:") for line in lines if word in line]
    return complaints[0] if complaints else None
