"""Locks that the kernel drops when their holder ends, and waiting for them with patience.

Two files, two questions. `users.lock`: does anybody use the server (shared), or is it being
stopped (exclusive)? `server.lock`: does any process of this cluster live? The second one is
inherited by PostgreSQL and its children, so it cannot be wrong about them, as a process id
in a file can.
"""

from __future__ import annotations

import fcntl
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from provender.kit.embedded.errors import TimedOut

PAUSE_S = 0.01


@dataclass
class Lock:
    """An open lock file. Closing it gives the lock back, unless a child inherited it."""

    descriptor: int

    def close(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


@dataclass
class Patience:
    """Waiting that ends when nothing moved for `timeout_s`.

    Movement is a longer server log: PostgreSQL writes a line every ten seconds while it
    recovers, so a long recovery is waited for and a stuck one is not.
    """

    timeout_s: float
    log: Path
    _seen_bytes: int = field(default=-1, init=False)
    _since: float = field(default=0.0, init=False)

    def pause(self, waiting_for: str) -> None:
        """Sleep for a moment.

        Raises:
            TimedOut: Nothing moved for too long; the sentence says what was waited for.
        """
        size = self.log.stat().st_size if self.log.exists() else 0
        if size != self._seen_bytes:
            self._seen_bytes, self._since = size, time.monotonic()
        elif time.monotonic() - self._since > self.timeout_s:
            raise TimedOut(
                f"Waited {self.timeout_s:g} seconds for {waiting_for}.",
                hint=f"Try again, and if it happens again read {self.log}.",
            )
        time.sleep(PAUSE_S)


def try_lock(path: Path, *, shared: bool = False) -> Lock | None:
    """Take the lock now; None when another process holds it in a way that excludes ours."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return Lock(descriptor)


def hold_users_lock(path: Path, patience: Patience) -> Lock:
    """Become a user of the server; waits while a supervisor is just stopping it."""
    while True:
        lock = try_lock(path, shared=True)
        if lock is not None:
            return lock
        patience.pause(f"PostgreSQL in {path.parent} to finish stopping")
