"""`python -m benchmarks`: load once, ask, compare with the floor, print a table. Stops by itself."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from benchmarks.client import Job, Result
from benchmarks.floor import Pgbench
from benchmarks.questions import Scenario, make_scenarios
from benchmarks.recording import Recorder, recording
from benchmarks.report import LEAST_RATIO, MOST_STATEMENTS, Finding, Measurements, percentile, save, show
from benchmarks.server import RunningServer, give_token, loaded_database, pgbench_program, running_server
from provender.kit import clock

BUSY_CONNECTIONS: Final = 8
"""Enough to keep one worker busy; more only wait."""
CALM_CONNECTIONS: Final = 2
SCRIPTS: Final = 10
"""Different questions in one run of the floor."""
LONGEST_REQUESTS: Final = 20


@dataclass(frozen=True)
class Bench:
    """What every measurement needs."""

    server: RunningServer
    recorder: Recorder
    pgbench: Pgbench
    token: str
    seconds: float

    def measure(self, scenario: Scenario) -> Finding:
        """Ask on many connections, on few, and through pgbench."""
        statements, cpu_seconds = self.server.statements(), self.server.cpu_seconds()
        busy = self._ask(scenario, BUSY_CONNECTIONS)
        answers = max(sum(busy.statuses.values()), 1)
        cpu_ms = (self.server.cpu_seconds() - cpu_seconds) * 1000 / answers
        statements = self.server.statements() - statements
        calm = busy if scenario.most else self._ask(scenario, CALM_CONNECTIONS)
        latencies, busy_latencies = sorted(calm.latencies_ms), sorted(busy.latencies_ms)
        finding = Finding(
            name=scenario.name,
            per_second=len(busy_latencies) / busy.seconds if busy.seconds else 0.0,
            p50_ms=percentile(latencies, 0.5),
            p99_ms=percentile(latencies, 0.99),
            busy_p99_ms=percentile(busy_latencies, 0.99),
            floor_per_second=self._floor(scenario),
            cpu_ms=cpu_ms,
            statements=statements / answers,
            body_bytes=busy.body_bytes,
            promises=(),
            missed=tuple(f"status {status}" for status in busy.statuses if status[0] != "2"),
        )
        return judge(scenario, finding)

    def _ask(self, scenario: Scenario, connections: int) -> Result:
        job = Job(
            port=self.server.port,
            requests=[self._request(path, scenario.body) for path in scenario.paths],
            connections=1 if scenario.most else connections,
            seconds=self.seconds * (LONGEST_REQUESTS if scenario.most else 1),
            warm_up_seconds=0.0 if scenario.most else 0.5,
            most=scenario.most,
        )
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.client"], input=json.dumps(asdict(job)), capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        return Result(**json.loads(ran.stdout))

    def _request(self, path: str, body: dict[str, object] | None) -> str:
        head = f"Host: 127.0.0.1:{self.server.port}\r\nAuthorization: Bearer {self.token}\r\n"
        if body is None:
            return f"GET {path} HTTP/1.1\r\n{head}\r\n"
        text = json.dumps(body)
        return (
            f"POST {path} HTTP/1.1\r\n{head}Content-Type: application/json\r\nContent-Length: {len(text)}\r\n\r\n{text}"
        )

    def _floor(self, scenario: Scenario) -> float | None:
        if scenario.body is not None:
            return None
        headers = {"Authorization": f"Bearer {self.token}"}
        sent = [self.recorder.record(path, headers) for path in scenario.paths[:SCRIPTS]]
        connections = 1 if scenario.most else 4
        return self.pgbench.measure(sent, max(int(self.seconds), 2), connections).per_second


def judge(scenario: Scenario, finding: Finding) -> Finding:
    """Return the finding with what was promised and what of it was missed."""
    promises = [(f"p99 under {scenario.p99_ms:g} ms", finding.p99_ms < scenario.p99_ms)]
    promises.append((f"at most {MOST_STATEMENTS} statements", finding.statements <= MOST_STATEMENTS))
    if scenario.per_second is not None:
        promises.append((f"at least {scenario.per_second:,} per second", finding.per_second >= scenario.per_second))
        promises.append((f"at least {LEAST_RATIO:g} of the floor", (finding.ratio or 0.0) >= LEAST_RATIO))
    if scenario.body is not None:
        promises = promises[:1]
    missed = finding.missed + tuple(words for words, is_kept in promises if not is_kept)
    return replace(finding, promises=tuple(words for words, _ in promises), missed=missed)


def read_arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", choices=("small", "large"), default="small")
    parser.add_argument("--data", type=Path, default=Path(".provender-bench"), help="kept and used again")
    parser.add_argument("--only", default="", help="scenarios whose name contains this")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measurement")
    return parser.parse_args(given)


def main() -> int:
    """Measure, print, save; 1 when a promise was missed."""
    wanted = read_arguments()
    folder: Path = wanted.data.resolve()
    with loaded_database(folder, wanted.size) as database:
        token = give_token(folder, wanted.size)
        pgbench = Pgbench(pgbench_program(), database.url)
        scenarios = [each for each in make_scenarios(str(database.admin_url)) if wanted.only in each.name]
        with running_server(folder, wanted.size) as server, recording(database.url) as recorder:
            bench = Bench(server, recorder, pgbench, token, wanted.seconds)
            findings = [bench.measure(scenario) for scenario in scenarios]
            memory_mb = server.memory_mb()
    measured_on = clock.now().isoformat(timespec="seconds")
    measurements = Measurements(wanted.size, measured_on, platform.platform(), memory_mb, findings)
    print(show(measurements))
    print(f"saved as {save(measurements)}")
    return 1 if any(finding.missed for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
