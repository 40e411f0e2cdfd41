"""The floor: the same statements through pgbench, which does nothing but send them."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from benchmarks.recording import Sent

RATE = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
LATENCY = re.compile(r"^latency average = ([0-9.]+) ms", re.MULTILINE)
CONNECTIONS = 4
"""As many as a worker's pool has."""


@dataclass(frozen=True)
class Floor:
    """What PostgreSQL alone does."""

    per_second: float
    mean_ms: float


@dataclass(frozen=True)
class Pgbench:
    """The program, and the database it asks, as the role of the program."""

    binary: Path
    database_url: str

    def measure(self, requests: Sequence[Sequence[Sent]], seconds: int, connections: int = CONNECTIONS) -> Floor:
        """Send each request as one pipeline, as the program does, in random turn.

        Raises:
            RuntimeError: pgbench failed or reported no rate.
        """
        with tempfile.TemporaryDirectory(prefix="provender-bench-") as folder:
            scripts = [self._write(Path(folder) / f"{number}.sql", sent) for number, sent in enumerate(requests)]
            return self._run(scripts, seconds, connections)

    def _write(self, script: Path, sent: Sequence[Sent]) -> Path:
        statements = ";\n".join(one.with_literals() for one in sent)
        script.write_text(f"\\startpipeline\n{statements};\n\\endpipeline\n", encoding="utf-8")
        return script

    def _run(self, scripts: Sequence[Path], seconds: int, connections: int) -> Floor:
        server = conninfo_to_dict(self.database_url)
        command = [
            str(self.binary), "--no-vacuum", "--protocol=prepared", f"--time={seconds}", f"--client={connections}",
            f"--host={server['host']}", f"--port={server.get('port', 5432)}", f"--username={server['user']}",
            *(part for script in scripts for part in ("--file", str(script))), str(server["dbname"]),
        ]  # fmt: skip
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds + 120)
        rate, latency = RATE.search(ran.stdout), LATENCY.search(ran.stdout)
        if ran.returncode or rate is None or latency is None:
            message = f"pgbench: {ran.stderr[-600:]}"
            raise RuntimeError(message)
        return Floor(float(rate[1]), float(latency[1]))
