"""As which operating system user PostgreSQL runs, since it refuses to run as root.

An ordinary user runs it plainly. Root prefers a user namespace: the server is a named user
inside and root's files stay root's, in a folder that nobody else can enter. Where namespaces
are forbidden (many containers), root drops to another user, who must be able to get at the
folder and the programs.
"""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

from provender.kit.embedded.errors import FolderUnreachable, FolderUnusable
from provender.kit.embedded.layout import Layout
from provender.kit.embedded.surroundings import named_user, program_environment

LAUNCH = Path(__file__).with_name("launch.py")
PYTHON = (sys.executable, "-I", "-S")
EXIT_UNREACHABLE = 4  # As in launch.py, which cannot be imported without being run by path.
# Inside a namespace every stranger appears as the overflow user, so we must not be that one.
OVERFLOW_USER = Path("/proc/sys/kernel/overflowuid")
DROP_TO = ("postgres", "nobody")
NAMES_INSIDE = ("postgres", "daemon", "bin")

Way = Literal["plain", "namespace", "drop"]


@dataclass(frozen=True)
class Identity:
    """Who PostgreSQL is, and who owns its files as seen from outside."""

    way: Way
    user: str
    user_id: int
    group_id: int
    file_user_id: int
    file_group_id: int

    def launch(self, death_signal: int) -> list[str]:
        """Return what launch.py needs between the parent's id and the verb."""
        return [self.way, str(self.user_id), str(self.group_id), str(int(death_signal))]

    def connecting_users(self) -> list[str]:
        """Who the server sees when our side connects: its own user, and root, who may all."""
        return sorted({self.user, pwd.getpwuid(0).pw_name})


@dataclass(frozen=True)
class Reach:
    """Whether an identity is possible here, and the first folder it may not enter."""

    possible: bool
    barrier: Path | None


def try_reach(identity: Identity, *paths: Path) -> Reach:
    """Become the identity in a process of its own and try to enter every path."""
    outcome = subprocess.run(
        [*PYTHON, LAUNCH, str(os.getpid()), *identity.launch(0), "reach", *paths],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=program_environment(),
        check=False,
    )
    if outcome.returncode == EXIT_UNREACHABLE:
        return Reach(possible=True, barrier=Path(os.fsdecode(outcome.stdout)))
    return Reach(possible=outcome.returncode == 0, barrier=None)


def refuse_foreign_home(layout: Layout) -> None:
    """Refuse a folder whose PostgreSQL part belongs to another user; root may use any.

    Raises:
        FolderUnusable: It belongs to somebody else.
    """
    if os.geteuid() == 0 or not layout.home.exists():
        return
    owner_id = layout.home.stat().st_uid
    if owner_id != os.geteuid():
        raise FolderUnusable(
            f"The database in {layout.folder} belongs to {_name_of(owner_id)}, "
            f"and this program runs as {_name_of(os.geteuid())}.",
            hint="Run the program as the owner, or name a folder of your own.",
            field="data",
        )


def choose_identity(layout: Layout) -> Identity:
    """Return the first way that is possible here and reaches the folder.

    A cluster that belongs to an ordinary user already stays with that user.

    Raises:
        FolderUnreachable: There is a user to run PostgreSQL as, but not one who can
            enter the folder.
        FolderUnusable: There is no such user at all.
    """
    refused: tuple[Identity, Path] | None = None
    for identity in _candidates(layout):
        if identity.way == "plain":
            return identity
        target = layout.home if _owner_of(layout.home) == identity.file_user_id else layout.folder
        reach = try_reach(identity, target)
        if reach.possible and reach.barrier is None:
            return identity
        if reach.barrier is not None:
            refused = refused or (identity, reach.barrier)
    if refused is not None:
        _refuse_unreachable(layout, *refused)
    raise FolderUnusable(
        f"PostgreSQL needs an ordinary user with a name, and {_name_of(os.geteuid())} "
        "cannot become one on this machine.",
        hint="Run the program as an ordinary user, or set DATABASE_URL to a server.",
    )


def _refuse_unreachable(layout: Layout, identity: Identity, barrier: Path) -> NoReturn:
    raise FolderUnreachable(
        f"Root cannot run PostgreSQL itself, and user {identity.user}, who would run it, "
        f"may not enter {barrier}, on the way to {layout.folder}.",
        hint=f"Name a folder that {identity.user} can reach (for example below /var/lib), "
        f"open {barrier} with chmod o+x, or run the program as an ordinary user.",
        field="data",
    )


def _candidates(layout: Layout) -> Iterator[Identity]:
    user_id = os.geteuid()
    if user_id != 0:
        own = _entry_of(user_id)
        yield _plain(own) if own else _namespace()
        return
    owner_id = _owner_of(layout.home)
    owner = _entry_of(owner_id) if owner_id else None
    if owner is not None:
        yield _drop(owner)
        return
    yield from _candidates_of_root(layout)


def _candidates_of_root(layout: Layout) -> Iterator[Identity]:
    name = named_user()
    if name is not None:
        yield _drop(_entry_named(name))
        return
    yield _namespace()
    yield from (_drop(entry) for entry in pwd.getpwall() if entry.pw_name == DROP_TO[0])
    yield from (_drop(entry) for entry in pwd.getpwall() if entry.pw_name == DROP_TO[1])
    folder_owner = _entry_of(_owner_of(layout.folder) or 0)
    if folder_owner is not None and folder_owner.pw_uid != 0:
        yield _drop(folder_owner)


def _entry_named(name: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(name)
    except KeyError as error:
        raise FolderUnusable(
            f"PROVENDER_POSTGRES_USER names the user {name!r}, who does not exist here.",
            hint="Name an existing user, or leave the setting out.",
        ) from error


def _plain(entry: pwd.struct_passwd) -> Identity:
    return Identity("plain", entry.pw_name, entry.pw_uid, os.getegid(), entry.pw_uid, os.getegid())


def _drop(entry: pwd.struct_passwd) -> Identity:
    return Identity("drop", entry.pw_name, entry.pw_uid, entry.pw_gid, entry.pw_uid, entry.pw_gid)


def _namespace() -> Identity:
    """Return a named user for the inside of a namespace; outside nothing changes hands."""
    overflow_id = int(OVERFLOW_USER.read_text()) if OVERFLOW_USER.exists() else 65534
    entries = [entry for entry in pwd.getpwall() if entry.pw_uid not in {0, overflow_id}]
    preferred = {name: place for place, name in enumerate(NAMES_INSIDE)}
    entry = min(entries, key=lambda entry: preferred.get(entry.pw_name, len(preferred)))
    return Identity("namespace", entry.pw_name, entry.pw_uid, entry.pw_gid, os.geteuid(), os.getegid())


def _entry_of(user_id: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(user_id)
    except KeyError:
        return None


def _owner_of(path: Path) -> int | None:
    return path.stat().st_uid if path.exists() else None


def _name_of(user_id: int) -> str:
    entry = _entry_of(user_id)
    return f"user {entry.pw_name}" if entry else f"user number {user_id}"
