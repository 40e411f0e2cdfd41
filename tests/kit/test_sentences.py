"""Sentences remember what they were made of."""

from __future__ import annotations

from decimal import Decimal

import orjson
from hypothesis import given
from hypothesis import strategies as st

from provender.kit.sentences import Sentence, hear, name_word, tell

ON_HAND = "Batch %(code)s has %(left)s %(unit)s on hand."


def test_a_sentence_is_the_english_text_to_everybody_who_does_not_ask() -> None:
    sentence = tell(ON_HAND, code="B-104", left=Decimal("1E+2"), unit="g")

    assert sentence == "Batch B-104 has 100 g on hand."
    assert orjson.dumps({"detail": sentence}) == b'{"detail":"Batch B-104 has 100 g on hand."}'
    assert (sentence.message, sentence.values["left"]) == (ON_HAND, Decimal(100))


def test_what_the_database_says_is_taken_apart_by_the_message_that_fits() -> None:
    heard = hear("Batch L 7 has 12.50 g on hand.", "Nothing else.", ON_HAND, figures=("left",))

    assert isinstance(heard, Sentence)
    assert heard == "Batch L 7 has 12.50 g on hand."
    assert heard.message == ON_HAND
    assert heard.values == {"code": "L 7", "left": Decimal("12.50"), "unit": "g"}


def test_a_sentence_that_no_message_fits_stays_as_it_was_said() -> None:
    heard = hear("Something new.", ON_HAND)

    assert heard == "Something new."
    assert not isinstance(heard, Sentence)


def test_a_code_of_digits_is_no_figure_and_a_state_is_a_word_of_ours() -> None:
    heard = hear("Order 1007 is in production.", "Order %(number)s is %(state)s.", words=("state",))

    assert isinstance(heard, Sentence)
    assert heard.values["number"] == "1007"
    state = heard.values["state"]
    assert isinstance(state, Sentence)
    assert (state, state.message) == ("in production", "In production")
    assert name_word("in_production") == state


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1))
def test_whatever_was_told_is_heard_again(code: str) -> None:
    heard = hear(tell("Batch %(code)s is on hold.", code=code), "Batch %(code)s is on hold.")

    assert isinstance(heard, Sentence)
    assert heard.values == {"code": code}
