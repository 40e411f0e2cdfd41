"""Doing a request at most once, and numbers that people read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from provender.core.requests import store
from provender.core.requests.errors import KeyReused
from provender.core.requests.model import Created, KeyedRequest, StoredAnswer
from provender.kit.db import Work
from provender.kit.errors import NotFound

FIRST_NUMBER: Final = 1001
"""Numbers of four digits from the first on: they line up, and nobody is told how new a maker is."""


async def perform_once(
    work: Work, keyed: KeyedRequest, verb: Callable[[Work], Awaitable[Created]]
) -> Created | StoredAnswer:
    """Return what the verb created, or the answer that an earlier request with this key got.

    The key is taken first, in the transaction of the verb: a twin that comes meanwhile waits for
    this one to end, and is given its answer. A refusal takes the key back with everything else,
    so that the request can be repeated when it was corrected or the state has changed.

    Raises:
        KeyReused: the earlier request had another body or address.
        NotFound: what the verb created cannot be found; nothing is kept.
    """
    if not await store.insert_key(work, keyed):
        return await _earlier_answer(work, keyed)
    created = await verb(work)
    if created.body is None:
        raise NotFound("There is no such record.")
    await store.update_answer(work, keyed.key, created)
    return created


async def _earlier_answer(work: Work, keyed: KeyedRequest) -> StoredAnswer:
    answer = await store.select_answer(work, keyed.key)
    if answer is None or (answer.route, answer.body_hash) != (keyed.route, keyed.body_hash):
        raise KeyReused
    return answer


async def next_number(work: Work, series: str) -> str:
    """Return the next number of a series for people to read, such as `SO-1042`; the first is `SO-1001`.

    Without gaps per organisation: whoever asks meanwhile waits for this transaction, so ask late.
    """
    return f"{series}-{FIRST_NUMBER - 1 + await store.next_number(work, series)}"
