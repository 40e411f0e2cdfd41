"""A small HTTP client that measures: keep-alive connections, one request at a time on each, every latency kept.

Run as a process of its own, so that it does not share an interpreter with what it measures:
a job as JSON on standard input, a result as JSON on standard output. Loopback only.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Final, cast

import uvloop

HOST: Final = "127.0.0.1"
HEAD_END: Final = b"\r\n\r\n"
LENGTH: Final = b"content-length:"
BUFFER_BYTES: Final = 1 << 16
STUCK_SECONDS: Final = 60.0


@dataclass(frozen=True)
class Job:
    """What to ask, how hard, and for how long.

    Attributes:
        requests: Whole HTTP/1.1 requests, asked in turn.
        warm_up_seconds: Asked before measuring begins.
        most: Stop after so many measured answers; 0: only the time ends it.
    """

    port: int
    requests: list[str]
    connections: int
    seconds: float
    warm_up_seconds: float = 0.5
    most: int = 0


@dataclass
class Result:
    """What came back.

    Attributes:
        latencies_ms: One per measured answer.
        seconds: From the first measured answer to the last.
        statuses: HTTP status to number of answers, warm-up included.
        body_bytes: Of the last answer.
    """

    latencies_ms: list[float] = field(default_factory=list[float])
    seconds: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict[str, int])
    body_bytes: int = 0


class _Run:
    """What the connections share."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.requests = [request.encode() for request in job.requests]
        self.asked = 0
        self.statuses: Counter[str] = Counter()
        self.latencies: list[float] = []
        self.body_bytes = 0
        self.measure_from = perf_counter() + job.warm_up_seconds
        self.stop_at = self.measure_from + job.seconds
        self.last_at = self.measure_from

    def next_request(self) -> bytes:
        request = self.requests[self.asked % len(self.requests)]
        self.asked += 1
        return request

    def note(self, status: str, began: float, body_bytes: int) -> bool:
        """Remember an answer; return whether to go on."""
        ended = perf_counter()
        self.statuses[status] += 1
        self.body_bytes = body_bytes
        if began >= self.measure_from:
            self.latencies.append((ended - began) * 1000)
            self.last_at = ended
        is_enough = self.job.most and len(self.latencies) >= self.job.most
        return ended < self.stop_at and not is_enough


class _Connection(asyncio.BufferedProtocol):
    """One keep-alive connection: ask, wait for the whole answer, ask again."""

    def __init__(self, run: _Run, ended: asyncio.Future[None]) -> None:
        self._run, self._ended = run, ended
        self._buffer = bytearray(BUFFER_BYTES)
        self._received = bytearray()
        self._wanted = 0
        self._status = ""
        self._transport: asyncio.Transport | None = None
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask first."""
        self._transport = cast("asyncio.Transport", transport)
        self._ask(self._transport)

    def get_buffer(self, sizehint: int) -> bytearray:
        """Say where the next part of an answer goes."""
        del sizehint
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Take a part of an answer; ask again when it is whole."""
        self._received += self._buffer[:nbytes]
        if not self._wanted and not self._read_head():
            return
        if len(self._received) < self._wanted or self._transport is None:
            return
        body_bytes = self._wanted
        self._received.clear()
        self._wanted = 0
        if self._run.note(self._status, self._began, body_bytes):
            self._ask(self._transport)
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell that this connection is done, or was cut."""
        del exc
        if not self._ended.done():
            self._ended.set_result(None)

    def _ask(self, transport: asyncio.Transport) -> None:
        self._began = perf_counter()
        transport.write(self._run.next_request())

    def _read_head(self) -> bool:
        end = self._received.find(HEAD_END)
        if end < 0:
            return False
        head = bytes(self._received[:end])
        place = head.lower().find(LENGTH) + len(LENGTH)
        self._status = head[9:12].decode()
        self._wanted = end + len(HEAD_END) + int(head[place:].split(b"\r\n", 1)[0])
        return True


async def measure(job: Job) -> Result:
    """Run a job to its end."""
    run = _Run(job)
    loop = asyncio.get_running_loop()
    endings: list[asyncio.Future[None]] = []
    for _ in range(job.connections):
        ended: asyncio.Future[None] = loop.create_future()
        endings.append(ended)
        await loop.create_connection(lambda ended=ended: _Connection(run, ended), HOST, job.port)
    await asyncio.wait_for(asyncio.gather(*endings), job.warm_up_seconds + job.seconds + STUCK_SECONDS)
    return Result(run.latencies, run.last_at - run.measure_from, dict(run.statuses), run.body_bytes)


def main() -> None:
    """Read a job, print its result."""
    uvloop.install()
    job = Job(**json.loads(sys.stdin.read()))
    sys.stdout.write(json.dumps(asdict(asyncio.run(measure(job)))))


if __name__ == "__main__":
    main()
