"""Running PostgreSQL's programs: as the right user, in a clean environment, under our lock."""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from provender.kit.embedded.identity import LAUNCH, PYTHON, Identity
from provender.kit.embedded.surroundings import program_environment


@dataclass(frozen=True)
class Outcome:
    """How a program ended: its exit code and everything it printed, both streams together."""

    code: int
    output: str


@dataclass(frozen=True)
class Workshop:
    """The right to work on one cluster: an identity and the held server lock.

    Every program inherits the lock, so that the cluster counts as busy for as long as any of
    them lives, and is asked to stop by the kernel when this process ends.
    """

    identity: Identity
    lock_descriptor: int

    def command(self, program: Path, *arguments: str | Path, death_signal: int) -> list[str]:
        """Return what to run after launch.py's first argument, the parent's process id."""
        return [
            str(LAUNCH),
            *self.identity.launch(death_signal),
            "exec",
            str(program),
            *map(str, arguments),
        ]

    def run(self, program: Path, *arguments: str | Path, given: str = "") -> Outcome:
        """Run a program to its end, with `given` as its input."""
        launch, *rest = self.command(program, *arguments, death_signal=signal.SIGTERM)
        finished = subprocess.run(
            [*PYTHON, launch, str(os.getpid()), *rest],
            input=given.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=program_environment(),
            pass_fds=(self.lock_descriptor,),
            check=False,
        )
        return Outcome(finished.returncode, finished.stdout.decode(errors="replace"))

    def spawn(
        self,
        program: Path,
        *arguments: str | Path,
        streams: Streams,
        death_signal: int = signal.SIGTERM,
    ) -> subprocess.Popen[bytes]:
        """Start a program and return at once."""
        launch, *rest = self.command(program, *arguments, death_signal=death_signal)
        return subprocess.Popen(
            [*PYTHON, launch, str(os.getpid()), *rest],
            stdin=streams.given,
            stdout=streams.output,
            stderr=streams.errors,
            cwd="/",
            env=program_environment(),
            pass_fds=(self.lock_descriptor,),
        )


@dataclass(frozen=True)
class Streams:
    """Where a spawned program reads and writes; `subprocess` constants or open files."""

    errors: IO[bytes]
    output: IO[bytes] | int
    given: IO[bytes] | int = subprocess.DEVNULL
