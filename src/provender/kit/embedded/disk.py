"""What the operating system says about a folder, as sentences: full, forbidden, not a folder."""

from __future__ import annotations

import errno
import os
import pwd
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from provender.kit.embedded.errors import DiskFull, FolderUnusable

MEBIBYTE = 1024 * 1024
# An empty PostgreSQL 18 cluster with one database takes 47 MiB; the rest is for the first work.
ROOM_FOR_CLUSTER_MIB = 100
# One segment of the write-ahead log (initdb's default): a start may have to write a new one.
ROOM_FOR_START_MIB = 32
# Below this a failed write is the disk's fault even where no message survived to say so.
NOTHING_LEFT_BYTES = MEBIBYTE

FULL = {errno.ENOSPC, errno.EDQUOT}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
MISPLACED = {errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP}


def nearest_folder(path: Path) -> Path:
    """Return the path itself or its closest ancestor that exists."""
    return next(step for step in (path, *path.parents) if step.exists())


def free_bytes(path: Path) -> int:
    """Return the bytes that we may still write on the file system of `path`.

    Zero also when no further file can be made there.
    """
    room = os.statvfs(nearest_folder(path))
    if room.f_files and not room.f_favail:
        return 0
    return room.f_bavail * room.f_frsize


def refuse_full_disk(folder: Path, needed_mib: int) -> NoReturn:
    """Say which folder, how much is free there now, and how much is needed.

    Raises:
        DiskFull: Always.
    """
    free_mib = free_bytes(folder) / MEBIBYTE
    raise DiskFull(
        f"The disk is full: {folder} has {free_mib:.1f} MiB free, and PostgreSQL needs about {needed_mib} MiB.",
        hint="Free some space on that disk, or give the folder a bigger one, and start again. "
        "Everything that was recorded is kept.",
    )


def is_full(folder: Path, report: str) -> bool:
    """Whether a failure with this report was the disk's doing.

    The report alone does not decide: on a full disk it is often not written either.
    """
    return os.strerror(errno.ENOSPC) in report or free_bytes(folder) < NOTHING_LEFT_BYTES


@contextmanager
def explaining_os_errors(folder: Path, needed_mib: int = ROOM_FOR_START_MIB) -> Generator[None]:
    """Turn what the operating system refuses inside `folder` into our refusals.

    Raises:
        DiskFull: No room, or the quota is used up.
        FolderUnusable: Forbidden, read-only, or in the way of something that is no folder.
        OSError: Anything else, unchanged.
    """
    try:
        yield
    except OSError as error:
        place = Path(os.fsdecode(error.filename)) if error.filename else folder
        if error.errno in FULL:
            refuse_full_disk(place if place.is_absolute() else folder, needed_mib)
        if error.errno in FORBIDDEN:
            raise FolderUnusable(
                f"The folder {folder} cannot be used: {place} may not be written "
                f"by {describe_user(os.geteuid())} ({error.strerror}).",
                hint="Name a folder of your own, or have this one made writable for you.",
                field="data",
            ) from error
        if error.errno in MISPLACED or (error.errno == errno.ENOENT and place == folder):
            raise FolderUnusable(
                f"{place} cannot be a folder for PostgreSQL ({error.strerror}).",
                hint="Name another folder.",
                field="data",
            ) from error
        raise


def describe_user(user_id: int) -> str:
    """Return `user anna`, or the number where the system knows no name."""
    try:
        return f"user {pwd.getpwuid(user_id).pw_name}"
    except KeyError:
        return f"user number {user_id}"
