"""Keeping the embedded PostgreSQL there while the web runs: when it ends, it is started again.

PostgreSQL loses nothing that it acknowledged; its next start replays the log. Meanwhile requests are
answered 503, and the pools connect again by themselves.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Final

import structlog

from provender.kit.embedded import EmbeddedServerError, Server, is_running, start_server

EVERY_S: Final = 0.5
"""How often it is asked for; the question is a connection that sends eight bytes."""
AFTER_FAILURE_S: Final = 5.0
log = structlog.get_logger("provender.cli")


@contextmanager
def kept_running(folder: Path) -> Generator[None]:
    """Start the server in `folder` again whenever it has ended, until the block ends."""
    stopping = Event()
    watch = Thread(target=_keep, args=(folder, stopping), name="keeps PostgreSQL running", daemon=True)
    watch.start()
    try:
        yield
    finally:
        stopping.set()
        watch.join()


def _keep(folder: Path, stopping: Event) -> None:
    uses: list[Server] = []
    pause = EVERY_S
    while not stopping.wait(pause):
        pause = EVERY_S
        try:
            if not is_running(folder):
                log.warning("database_ended", folder=str(folder))
                uses.append(start_server(folder))
                log.warning("database_started_again", folder=str(folder))
        except EmbeddedServerError as refusal:
            log.error("database_not_started", reason=refusal.sentence, hint=refusal.hint)  # noqa: TRY400  # told whole
            pause = AFTER_FAILURE_S
    for use in uses:
        use.release()
