"""What a form shows again after it was refused."""

from __future__ import annotations

from provender.kit.errors import FieldRefusal, InvalidInput
from provender.kit.ui.form import Form


def test_a_refused_form_keeps_the_values_and_tells_each_error() -> None:
    refusal = InvalidInput(
        "The packing was not saved.",
        hint="Check the scale.",
        fields=(FieldRefusal("mass", "More came out than went in."),),
    )

    form = Form.refused({"mass": "57.5", "code": None}, refusal)

    assert (form.value("mass"), form.value("code"), form.value("other")) == ("57.5", "", "")
    assert form.error("mass") == "More came out than went in."
    assert form.error("code") == ""
    assert (form.sentence, form.hint) == ("The packing was not saved.", "Check the scale.")


def test_an_empty_form_has_nothing_wrong() -> None:
    assert not Form().has_errors
    assert Form(errors={"a": "b"}).has_errors
    assert Form(sentence="Held.").has_errors


def test_a_choice_is_held_as_text_or_as_one_of_several() -> None:
    form = Form({"unit": "kg", "count": 3, "kinds": ["a", 2]})

    assert form.holds("unit", "kg")
    assert form.holds("count", "3")
    assert form.holds("kinds", "2")
    assert not form.holds("kinds", "b")
    assert not form.holds("missing", "None")


def test_lines_are_counted_by_their_largest_index_and_never_below_the_least() -> None:
    form = Form({"inputs-0-code": "a", "inputs-4-code": "b", "inputs-x-code": "c", "other-9": "d"})

    assert form.count_lines("inputs", 2) == 5
    assert form.count_lines("outputs", 2) == 2


def test_ids_of_two_forms_on_one_page_differ_by_their_key() -> None:
    assert Form().id_of("note") == "field-note"
    assert Form(key="hold-").id_of("note") == "field-hold-note"
