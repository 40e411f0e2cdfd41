"""The folding of batch codes has a twin in the database, by which codes are indexed: both fold alike."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from provender.kit.db import Statement, Work
from provender.trace.batches.public import batch_code_key
from tests.maker import run_work

TWIN = Statement(
    b"SELECT trace.batch_code_key(row.code) FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS row (code, place)"
    b" ORDER BY row.place"
)
WRITTEN = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0"), max_size=30)
"""What a column can hold: no surrogates, no NUL; characters that are not assigned yet may fold differently one day."""
MARKED = st.lists(
    st.sampled_from(
        [
            "L",
            "l",
            "LOT",
            "lot",
            "\uff2c",
            "#",
            ".",
            ":",
            "-",
            "–",
            " ",
            "\u3000",
            "\u200b",
            "7",
            "ß",
            "\u0131",
            "é",
            "ÿ",
            "\ufb01",
        ]
    ),
    max_size=12,
).map("".join)


def fold_in_database(client: TestClient, codes: Sequence[str]) -> list[str]:
    async def ask(work: Work) -> list[str]:
        return await work.fetch_column(str, TWIN, {"codes": list(codes)})

    return run_work(client, None, ask)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(codes=st.lists(WRITTEN | MARKED, min_size=1, max_size=200))
@example(codes=[chr(point) for point in range(1, 0x3000)])
@example(codes=[f"L{chr(point)}7" for point in range(1, 0x250)])
def test_database_and_program_fold_every_code_alike(client: TestClient, codes: list[str]) -> None:
    assert fold_in_database(client, codes) == [batch_code_key(code) for code in codes]
