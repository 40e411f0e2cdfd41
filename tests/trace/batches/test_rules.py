"""The folding of batch codes. Its database twin is compared in the store's tests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.trace.batches.model.codes import batch_code_key


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("MA72820", "MA72820"),
        ("lot MA72820", "MA72820"),
        ("L MA72820", "MA72820"),
        ("Lot: L2024-3", "2024-3"),
        ("LOT#12", "12"),
        ("L.12", "12"),
        ("l-12", "12"),
        ("b. #132/4500", "B.#132/4500"),
        ("batch M10/19", "BATCHM10/19"),
        ("12 34\u00a056\u300078", "12345678"),
        ("\uff2c\uff4f\uff54\u3000\uff11\uff12\uff0d\uff13", "12-3"),
        ("12\u20133", "12-3"),
        ("12\u200b3\x1d", "123"),
        ("grün-7", "GRÜN-7"),
    ],
)
def test_the_key_ignores_case_space_and_the_lot_mark(printed: str, key: str) -> None:
    assert batch_code_key(printed) == key


@pytest.mark.parametrize("printed", ["L", "lot", "LOT-", "L.L", "lot #"])
def test_a_code_that_is_only_the_lot_mark_stays_findable(printed: str) -> None:
    key = batch_code_key(printed)

    assert key == printed.upper().replace(" ", "")


def test_a_letter_l_inside_the_code_is_kept() -> None:
    assert batch_code_key("12L4") == "12L4"


def test_two_different_codes_keep_two_keys() -> None:
    assert batch_code_key("L2024-3") != batch_code_key("L2024-13")


def test_letters_outside_the_fixed_table_keep_their_case() -> None:
    # upper() turns these into SS and I in one locale and into themselves in another.
    assert batch_code_key("ß1\u0131") == "ß1\u0131"


def test_white_space_alone_has_no_key() -> None:
    assert batch_code_key(" \t\u3000") == ""


@given(code=st.text(alphabet="LOTlot.:#- 0123abcäÖ", max_size=20))
def test_case_spaces_and_a_mark_in_front_change_nothing(code: str) -> None:
    key = batch_code_key("7" + code)

    assert batch_code_key(" lot: l-7" + code.lower()) == key
    assert batch_code_key("7" + "\u2009".join(code.upper())) == key


@given(code=st.text(max_size=30))
def test_a_code_of_something_printable_never_loses_its_key(code: str) -> None:
    assert batch_code_key(code + "x") != ""
