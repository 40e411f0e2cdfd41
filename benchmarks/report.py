"""What was found, as a table for people and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

LARGEST_MEMORY_MB = 200
LEAST_RATIO = 0.1
MOST_STATEMENTS = 5
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Finding:
    """What one scenario showed.

    Attributes:
        per_second: Answers per second of one worker, asked on eight connections.
        p50_ms: Half of the answers came within this, asked on two connections.
        floor_per_second: Of the same statements through pgbench; None: not comparable.
        cpu_ms: Time the worker used a processor, per answer; says what a busy machine hides.
        statements: Sent per answer, entering included.
        promises: In words; `missed` are those not kept.
    """

    name: str
    per_second: float
    p50_ms: float
    p99_ms: float
    busy_p99_ms: float
    floor_per_second: float | None
    cpu_ms: float
    statements: float
    body_bytes: int
    promises: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def ratio(self) -> float | None:
        """Answers per second as a part of the floor."""
        return self.per_second / self.floor_per_second if self.floor_per_second else None


@dataclass(frozen=True)
class Measurements:
    """One run."""

    size: str
    measured_on: str
    machine: str
    memory_mb: float
    findings: Sequence[Finding]


def show(measurements: Measurements) -> str:
    """Return the table."""
    rows = [
        ("question", "/s", "p50 ms", "p99 ms", "p99 busy", "floor /s", "of floor", "CPU ms", "stmts", "kB", "promise")
    ]
    rows += [_row(finding) for finding in measurements.findings]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join(_pad(cell, widths[place], place) for place, cell in enumerate(row)).rstrip() for row in rows]
    state = "met" if measurements.memory_mb < LARGEST_MEMORY_MB else "MISSED"
    lines.append(f"memory of the worker: {measurements.memory_mb:.0f} MB (under {LARGEST_MEMORY_MB} MB: {state})")
    return "\n".join(lines)


def save(measurements: Measurements) -> Path:
    """Write a run as JSON and return where."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{measurements.size}-{measurements.measured_on.replace(':', '')}.json"
    path.write_text(json.dumps(asdict(measurements), indent=2), encoding="utf-8")
    return path


def percentile(sorted_values: Sequence[float], share: float) -> float:
    """Return the value that `share` of all values do not exceed (nearest rank)."""
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))] if sorted_values else 0.0


def _row(finding: Finding) -> tuple[str, ...]:
    return (
        finding.name,
        f"{finding.per_second:,.0f}" if finding.per_second >= 10 else f"{finding.per_second:.2f}",  # noqa: PLR2004
        f"{finding.p50_ms:.2f}",
        f"{finding.p99_ms:.2f}",
        f"{finding.busy_p99_ms:.2f}",
        "–" if finding.floor_per_second is None else f"{finding.floor_per_second:,.0f}",
        "–" if finding.ratio is None else f"{finding.ratio:.2f}",
        f"{finding.cpu_ms:.2f}",
        f"{finding.statements:.1f}",
        f"{finding.body_bytes / 1000:.1f}",
        "met" if not finding.missed else "MISSED: " + ", ".join(finding.missed),
    )


def _pad(cell: str, width: int, place: int) -> str:
    return cell.ljust(width) if place == 0 else cell.rjust(width)
