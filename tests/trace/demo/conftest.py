"""One demo, loaded once for all tests of this folder; they only look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from starlette.testclient import TestClient

from provender.kit.db import Statement, Work
from provender.trace.demo.public import DEMO_SEED, DemoStory, load_small
from tests.maker import Maker, make_maker

LOADED_ON = date(2026, 11, 20)


@dataclass(frozen=True)
class Loaded:
    """The demo of one organisation.

    Attributes:
        ask: Returns the first row of a question; `code` and the like are its parameters.
    """

    maker: Maker
    story: DemoStory
    ask: Callable[..., tuple[object, ...]]


@pytest.fixture(scope="session")
def loaded(client: TestClient) -> Loaded:
    maker = make_maker(client)
    story = maker.run(lambda work: load_small(work, DEMO_SEED, LOADED_ON))

    def ask(question: str, **parameters: object) -> tuple[object, ...]:
        async def fetch(work: Work) -> tuple[object, ...] | None:
            return await work.fetch_row(Statement(question.encode()), {"unused": None, **parameters})

        row = maker.run(fetch)
        assert row is not None, question
        return row

    return Loaded(maker, story, ask)
