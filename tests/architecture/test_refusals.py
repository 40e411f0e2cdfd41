"""Refusals can be relied on: each has one code of its own, and each is documented."""

from __future__ import annotations

import re
from collections import Counter

from tests.architecture.house import text_of
from tests.architecture.reference import ERRORS_PAGE, has_own_code, refusals, render_errors

CODE = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")
REFUSING = {400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 422, 428, 429, 500, 503, 507}


def test_every_error_code_is_documented() -> None:
    written = set(text_of(ERRORS_PAGE).splitlines())
    expected = set(render_errors().splitlines())

    assert sorted(written ^ expected) == [], "run: make reference"


def test_no_two_refusals_share_a_code() -> None:
    codes = Counter(kind.code for kind in refusals() if has_own_code(kind))

    assert [code for code, times in codes.items() if times > 1] == []


def test_a_refusal_that_is_raised_has_its_own_code() -> None:
    # A refusal without a code of its own is the head of a family, and heads are not raised.
    nameless = [kind.__qualname__ for kind in refusals() if not has_own_code(kind) and not kind.__subclasses__()]

    assert nameless == []


def test_codes_and_statuses_have_the_shape_that_programs_expect() -> None:
    odd = [
        f"{kind.code} {kind.status}" for kind in refusals() if not CODE.match(kind.code) or kind.status not in REFUSING
    ]

    assert odd == []


def test_a_refusal_says_what_happened() -> None:
    assert [kind.__qualname__ for kind in refusals() if not vars(kind).get("__doc__")] == []
