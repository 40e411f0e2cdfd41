"""A program, not a module: become the right OS user, then turn into a PostgreSQL program.

Run by path with `python -I -S` and the standard library only, so that it needs nothing of
ours and starts in milliseconds. A separate program and not a `preexec_fn`, because code
between fork and exec is unsafe in a caller that has threads, and a web server has.

    launch.py PARENT WAY USER GROUP SIGNAL exec PROGRAM ARGUMENT...
    launch.py PARENT WAY USER GROUP SIGNAL reach PATH...

PARENT is the process id of the caller; SIGNAL reaches the program when that process dies.
WAY is `plain` (stay who we are), `namespace` (a user namespace in which we are USER) or `drop`
(give up root for USER). `reach` prints the first folder on the way to a PATH that USER may
not enter. Exit codes: 3 the way is not possible here, 4 a path cannot be reached.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

EXIT_WAY_REFUSED = 3
EXIT_UNREACHABLE = 4
# <linux/sched.h> and <linux/prctl.h>; part of the kernel's stable interface.
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


def enter_user_namespace(user_id: int, group_id: int) -> None:
    """Become `user_id` in a namespace of our own, without any capability after exec.

    Outside, files are still read and written as the user we were: nothing has to be chowned.

    Raises:
        OSError: The kernel does not allow it here.
    """
    outer_user_id, outer_group_id = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user_id} {outer_user_id} 1")
    Path("/proc/self/gid_map").write_text(f"{group_id} {outer_group_id} 1")


def become(way: str, user_id: int, group_id: int) -> None:
    """Take the identity that `way` describes; raises OSError where the kernel says no."""
    if way == "namespace":
        enter_user_namespace(user_id, group_id)
    elif way == "drop":
        os.setgroups([])
        os.setresgid(group_id, group_id, group_id)
        os.setresuid(user_id, user_id, user_id)


def die_with(parent_id: int, signal_number: int) -> None:
    """Ask the kernel for `signal_number` when the parent dies; end now if it is dead already.

    Must follow `become`: a change of user clears the request.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent_id:
        sys.exit(1)


def find_barrier(paths: list[str]) -> str | None:
    """Return the outermost folder that this user may not enter, None when all are open."""
    for path in map(Path, paths):
        for step in (*reversed(path.parents), path):
            if not os.access(step, os.X_OK):
                return str(step)
    return None


def main(arguments: list[str]) -> int:
    """Do what the module's docstring says; returns an exit code unless it became a program."""
    parent_id, way, user_id, group_id, signal_number, verb, *rest = arguments
    try:
        become(way, int(user_id), int(group_id))
    except OSError as error:
        print(error.strerror, file=sys.stderr)  # noqa: T201 - the caller reads it
        return EXIT_WAY_REFUSED
    if verb == "exec":
        die_with(int(parent_id), int(signal_number))
        os.umask(0o077)
        os.execv(rest[0], rest)  # noqa: S606 - the arguments are ours, and no shell is wanted
    barrier = find_barrier(rest)
    sys.stdout.buffer.write(os.fsencode(barrier or ""))
    return EXIT_UNREACHABLE if barrier else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
