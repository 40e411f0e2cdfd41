"""What measures must itself be right: the client, the percentiles, the floor's statements, the verdicts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from benchmarks.__main__ import judge, read_arguments
from benchmarks.client import Job, Result, measure
from benchmarks.questions import Scenario
from benchmarks.recording import Sent, recording
from benchmarks.report import Finding, Measurements, percentile, show
from tests.maker import Maker

FINDING = Finding(
    name="orders of a batch",
    per_second=2500.0,
    p50_ms=1.0,
    p99_ms=9.0,
    busy_p99_ms=20.0,
    floor_per_second=10_000.0,
    cpu_ms=0.3,
    statements=2.0,
    body_bytes=9_000,
    promises=(),
    missed=(),
)
SCENARIO = Scenario("orders of a batch", ["/"], 50, per_second=2000)
REQUEST = "GET / HTTP/1.1\r\nHost: here\r\n\r\n"


async def answer_in_two_parts(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every request after 5 ms, the head and the body apart, as a network may."""
    while await reader.readuntil(b"\r\n\r\n"):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Le")
        await writer.drain()
        await asyncio.sleep(0.005)
        writer.write(b"ngth: 5\r\n\r\nhello")
        await writer.drain()


async def measure_against(job: Job) -> Result:
    server = await asyncio.start_server(answer_in_two_parts, "127.0.0.1", 0)
    async with server:
        port: int = server.sockets[0].getsockname()[1]
        return await measure(replace(job, port=port))


def test_the_client_counts_whole_answers_however_they_arrive() -> None:
    job = Job(port=0, requests=[REQUEST], connections=2, seconds=20.0, warm_up_seconds=0.0, most=20)

    result = asyncio.run(measure_against(job))

    assert result.statuses == {"200": len(result.latencies_ms)}
    assert 20 <= len(result.latencies_ms) <= 22
    assert min(result.latencies_ms) >= 4


def test_the_client_does_not_count_the_warm_up() -> None:
    job = Job(port=0, requests=[REQUEST], connections=1, seconds=0.1, warm_up_seconds=0.1)

    result = asyncio.run(measure_against(job))

    assert 0 < len(result.latencies_ms) < result.statuses["200"]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 51), (0.99, 100), (0.0, 1)])
def test_a_percentile_is_a_value_that_was_measured(share: float, expected: float) -> None:
    assert percentile([float(number) for number in range(1, 101)], share) == expected


def test_a_finding_that_keeps_every_promise_misses_none() -> None:
    judged = judge(SCENARIO, FINDING)

    assert judged.missed == ()
    assert len(judged.promises) == 4


@pytest.mark.parametrize(
    ("worse", "missed"),
    [
        (replace(FINDING, p99_ms=50.0), "p99 under 50 ms"),
        (replace(FINDING, statements=5.1), "at most 5 statements"),
        (replace(FINDING, per_second=1999.0), "at least 2,000 per second"),
        (replace(FINDING, floor_per_second=25_001.0), "at least 0.1 of the floor"),
    ],
)
def test_each_broken_promise_is_named(worse: Finding, missed: str) -> None:
    assert judge(SCENARIO, worse).missed == (missed,)


def test_the_table_says_what_was_missed() -> None:
    finding = judge(SCENARIO, replace(FINDING, p99_ms=51.0))

    table = show(Measurements("small", "2026-11-20", "here", 201.0, [finding]))

    assert "MISSED: p99 under 50 ms" in table
    assert "under 200 MB: MISSED" in table


def test_values_are_written_into_named_and_into_numbered_statements() -> None:
    key = UUID("01965de2-6400-7006-8000-000000000780")

    assert Sent("SELECT %(a)s, 5 %% 2", {"a": "it's"}).with_literals() == "SELECT 'it''s', 5 % 2"
    assert Sent("SELECT $2, $1", [None, key]).with_literals() == f"SELECT '{key.hex}'::uuid, NULL"


def test_the_floor_gets_the_statements_of_the_request_with_its_sign_in(database_url: str, maker: Maker) -> None:
    with recording(database_url) as recorder:
        sent = recorder.record("/api/trace/farms", maker.headers)

    assert len(sent) == 2
    assert "core.enter" in sent[0].with_literals()
    assert maker.organisation_id.hex in sent[1].with_literals()


def test_the_small_size_is_what_is_measured_unless_asked() -> None:
    assert read_arguments([]).size == "small"
    assert read_arguments(["--size", "large"]).size == "large"
