"""The cluster's files: making them, reading which version they are, clearing what a crash left."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from provender.kit.embedded.binaries import Binaries
from provender.kit.embedded.disk import ROOM_FOR_CLUSTER_MIB, is_full, refuse_full_disk
from provender.kit.embedded.errors import ClusterDamaged, FolderInUse, StartFailed
from provender.kit.embedded.identity import Identity
from provender.kit.embedded.layout import DATABASE, SUPERUSER, Layout, sync_folder
from provender.kit.embedded.probe import read_pid_file
from provender.kit.embedded.programs import Outcome, Workshop

# "15", and "9.6" before version 10.
VERSION_FILE = re.compile(r"(\d{1,3})(\.\d+)?\n?")
BUILTIN_LOCALES_SINCE = 17
CHECKSUMS_BY_DEFAULT_SINCE = 18
CREATE_DATABASE = f"CREATE DATABASE {DATABASE};\n"
TAIL_CHARACTERS = 600


def read_cluster_version(cluster: Path) -> int | None:
    """Return the major version of the cluster, None when there is no cluster yet.

    Raises:
        ClusterDamaged: There are files, and none of them says which version they are.
    """
    if not cluster.exists() or not any(cluster.iterdir()):
        return None
    version_file = cluster / "PG_VERSION"
    content = version_file.read_bytes() if version_file.is_file() else b""
    match = VERSION_FILE.fullmatch(content.decode("ascii", errors="replace"))
    if match is None:
        state = "is damaged" if version_file.exists() else "is missing"
        raise ClusterDamaged(
            f"{cluster} holds files, but PG_VERSION, which names their version, {state}.",
            hint="Put the folder back from a backup, or write the right version number "
            "(for example 18) into that file. Nothing was changed.",
        )
    return int(match[1])


def hand_over(layout: Layout, identity: Identity) -> None:
    """Give our part of the folder to the user who runs the server, when root made it.

    The home comes last: if this is interrupted, the next start sees root as its owner and
    does it again.
    """
    if layout.home.stat().st_uid == identity.file_user_id:
        return
    for folder, _, names in os.walk(layout.home, topdown=False):
        for path in (*(Path(folder, name) for name in names), Path(folder)):
            os.chown(path, identity.file_user_id, identity.file_group_id, follow_symlinks=False)


def own(path: Path, identity: Identity) -> None:
    """Give one path to the server's user."""
    if path.stat().st_uid != identity.file_user_id:
        os.chown(path, identity.file_user_id, identity.file_group_id)


def clear_remains(layout: Layout) -> None:
    """Remove what a crash left and PostgreSQL would stumble over.

    To be called under the server lock: no process that we started works on the cluster, so a
    process id in postmaster.pid is that of nobody or of an innocent stranger. No process is
    ever signalled here.

    Raises:
        FolderInUse: Somebody started a PostgreSQL on the cluster by hand.
    """
    shutil.rmtree(layout.unfinished_cluster, ignore_errors=True)
    pid_file = layout.cluster / "postmaster.pid"
    if not pid_file.exists():
        return
    process_id = read_pid_file(layout.cluster).process_id
    if _works_in(process_id, layout.cluster):
        raise FolderInUse(
            f"Another PostgreSQL (process {process_id}), which Provender did not start, has {layout.cluster} open.",
            hint=f"Stop it first: pg_ctl stop -D '{layout.cluster}'",
        )
    pid_file.unlink()


def create_cluster(layout: Layout, binaries: Binaries, workshop: Workshop, settings: Mapping[str, str]) -> None:
    """Make an empty cluster with the database `provender`; it appears whole or not at all.

    Raises:
        DiskFull: There is no room for it; what was written is removed again.
        StartFailed: PostgreSQL's own programs failed for another reason.
    """
    draft = layout.unfinished_cluster
    durable = settings.get("fsync", "on") not in {"off", "false", "no", "0"}
    initialise(draft, binaries, workshop, durable=durable)
    made = workshop.run(
        binaries.program("postgres"),
        *("--single", "-j", "-D", draft, "-c", f"fsync={'on' if durable else 'off'}", SUPERUSER),
        given=CREATE_DATABASE + "\n",
    )
    # Single-user mode reports a failed statement in words only.
    if made.code or "ERROR:" in made.output:
        refuse_creation(draft, made)
    if layout.cluster.exists():
        layout.cluster.rmdir()  # Empty, or it would have had a version.
    draft.rename(layout.cluster)
    sync_folder(layout.home)


def initialise(draft: Path, binaries: Binaries, workshop: Workshop, *, durable: bool) -> None:
    """Run initdb. Text sorts by code point, so the same on every machine.

    Raises:
        DiskFull: There is no room.
        StartFailed: initdb failed for another reason.
    """
    draft.mkdir(mode=0o700)
    own(draft, workshop.identity)
    options = ["--locale=C.UTF-8"]
    if binaries.version >= BUILTIN_LOCALES_SINCE:
        options = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if binaries.version < CHECKSUMS_BY_DEFAULT_SINCE:
        options.append("--data-checksums")
    if not durable:
        options.append("--no-sync")
    made = workshop.run(
        binaries.program("initdb"),
        *("-D", draft, "-U", SUPERUSER, "--encoding=UTF8", "--auth=peer", "--no-instructions"),
        *options,
    )
    if made.code:
        refuse_creation(draft, made)


def refuse_creation(draft: Path, made: Outcome) -> NoReturn:
    """Remove a failed draft and say why it failed.

    Raises:
        DiskFull: There was no room.
        StartFailed: Anything else, in the program's own words.
    """
    full = is_full(draft, made.output)
    shutil.rmtree(draft, ignore_errors=True)
    if full:
        refuse_full_disk(draft.parent, ROOM_FOR_CLUSTER_MIB)
    raise StartFailed(
        f"PostgreSQL could not make a new database in {draft.parent}: {made.output.strip()[-TAIL_CHARACTERS:]}",
        hint="Nothing was kept of it; correct what is named and start again.",
    )


def _works_in(process_id: int, cluster: Path) -> bool:
    """Whether the process has the cluster as its working folder, as PostgreSQL does."""
    try:
        return bool(process_id) and Path(f"/proc/{process_id}/cwd").samefile(cluster)
    except OSError:  # Gone, or another user's, who could not open our cluster.
        return False
