"""Recall notices in English, German and Japanese, from frozen facts."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Final, cast

import pytest

from provender.kit.quantities.units import BaseUnit
from provender.trace.recall.errors import NoticeEmpty
from provender.trace.recall.model import Contact, NoticeFacts, NoticeLine, RecallKind
from provender.trace.recall.rules.notice_phrases import PHRASES_BY_LANGUAGE, Phrases
from provender.trace.recall.rules.notices import write_notice

BAR: Final = NoticeLine(
    product_name="Dark 70 %",
    batch_code="L2026-31",
    best_before_on=date(2027, 3, 31),
    quantity=Decimal(1200),
    base_unit=BaseUnit.PIECE,
    shipped_on=date(2026, 3, 3),
    order_reference="PO 4711",
)

FACTS: Final = NoticeFacts(
    language="en",
    kind=RecallKind.REAL,
    case_reference="R-2026-004",
    issued_on=date(2026, 5, 1),
    customer_name="Feinkost Huber",
    reason="an off-flavour from one delivery of beans.",
    lines=(BAR,),
    contact=Contact("Provender Demo", "Anna Berg", "recall@example.com", "+49 89 1234"),
)


def test_an_english_notice_says_what_why_and_what_to_do() -> None:
    notice = write_notice(FACTS)

    assert notice.subject == "Recall R-2026-004: please stop selling Dark 70 %"
    assert notice.body == (
        "To Feinkost Huber\n\n"
        "We, Provender Demo, are recalling goods that we supplied to you.\n\n"
        "Reason: an off-flavour from one delivery of beans.\n\n"
        "Goods concerned\n"
        "- Dark 70 %, batch L2026-31, best before 31 March 2027: 1,200\u00a0pieces, "
        "shipped on 3 March 2026 (your order PO 4711)\n\n"
        "What we ask you to do now\n"
        "1. Stop selling these goods at once and take them off the shelf.\n"
        "2. Keep them apart and mark them, so that nobody sells or eats them by mistake.\n"
        "3. Tell us for each batch how much you still hold, even if it is nothing.\n"
        "4. Please do not destroy or return anything before we have agreed with you how.\n"
        "5. If you passed goods on to other businesses, tell them, and tell us whom.\n\n"
        "Please answer to Anna Berg, recall@example.com, telephone +49 89 1234, and name "
        "R-2026-004.\n\n"
        "We apologise for the trouble this causes you, and thank you for your help.\n\n"
        "Provender Demo, 1 May 2026\n"
    )


def test_a_german_notice_writes_numbers_and_dates_the_german_way() -> None:
    notice = write_notice(replace(FACTS, language="de"))

    assert notice.subject == "Rückruf R-2026-004: Bitte stoppen Sie den Verkauf von Dark 70 %"
    assert (
        "- Dark 70 %, Charge L2026-31, mindestens haltbar bis 31. März 2027: 1.200\u00a0Stück, "
        "versandt am 3. März 2026 (Ihre Bestellung PO 4711)\n"
    ) in notice.body
    assert "Sehr geehrte Damen und Herren," in notice.body
    assert "Mit freundlichen Grüßen\nProvender Demo, 1. Mai 2026" in notice.body


def test_a_japanese_notice_writes_numbers_and_dates_the_japanese_way() -> None:
    notice = write_notice(replace(FACTS, language="ja", reason="異味の申し出があったため。"))

    assert notice.subject == "【重要】Dark 70 %の自主回収に関するお願い（R-2026-004）"
    assert notice.body.startswith("Feinkost Huber 御中\n\n")
    assert (
        "・Dark 70 %　ロット番号：L2026-31　賞味期限：2027年3月31日　1,200個　"
        "出荷日：2026年3月3日（貴社ご注文番号：PO 4711）\n"
    ) in notice.body
    assert "回収の理由：異味の申し出があったため\n" in notice.body


@pytest.mark.parametrize(("language", "word"), [("en", "EXERCISE"), ("de", "ÜBUNG"), ("ja", "【訓練】")])
def test_an_exercise_says_so_in_the_subject_and_at_both_ends(language: str, word: str) -> None:
    notice = write_notice(replace(FACTS, language=language, kind=RecallKind.MOCK))

    paragraphs = notice.body.strip().split("\n\n")
    assert word in notice.subject
    assert word in paragraphs[0]
    assert word in paragraphs[-1]


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_an_exercise_never_asks_anybody_to_stop_selling(language: str) -> None:
    mock = write_notice(replace(FACTS, language=language, kind=RecallKind.MOCK))
    real = write_notice(replace(FACTS, language=language))

    stop = PHRASES_BY_LANGUAGE[language].steps[RecallKind.REAL][0]
    assert stop in real.body
    assert stop not in mock.body


@pytest.mark.parametrize(("language", "word"), [("en", "Withdrawal"), ("de", "Rücknahme"), ("ja", "撤去")])
def test_a_withdrawal_is_not_called_a_recall(language: str, word: str) -> None:
    notice = write_notice(replace(FACTS, language=language, kind=RecallKind.WITHDRAWAL))

    assert word in notice.subject
    assert not any(other in notice.subject for other in ("Recall", "Rückruf", "回収"))


def test_possible_goods_stand_under_a_heading_of_their_own() -> None:
    possible = replace(BAR, product_name="Milk 40 %", is_certain=False)

    body = write_notice(replace(FACTS, lines=(possible, BAR))).body

    certain_at = body.index("Goods concerned")
    possible_at = body.index("Goods that may be concerned")
    assert certain_at < body.index("Dark 70 %") < possible_at < body.index("Milk 40 %")


def test_without_certain_goods_there_is_no_empty_heading() -> None:
    body = write_notice(replace(FACTS, lines=(replace(BAR, is_certain=False),))).body

    assert "Goods concerned" not in body
    assert "Goods that may be concerned" in body


def test_a_contact_without_telephone_is_written_without_one() -> None:
    contact = replace(FACTS.contact, telephone=None)

    assert "recall@example.com, and name" in write_notice(replace(FACTS, contact=contact)).body


def test_a_delivery_of_unknown_batch_asks_for_every_batch_of_it() -> None:
    unknown = replace(BAR, batch_code=None, best_before_on=None, shipped_on=None, order_reference=None)

    body = write_notice(replace(FACTS, lines=(unknown,))).body

    assert (
        "- Dark 70 %, batch not recorded (every batch of this product you have from this "
        "delivery): 1,200\u00a0pieces, date of shipment not recorded\n"
    ) in body


def test_the_order_of_deliveries_changes_nothing() -> None:
    lines = tuple(replace(BAR, batch_code=f"L{number}") for number in range(5))

    assert write_notice(replace(FACTS, lines=lines[::-1])) == write_notice(replace(FACTS, lines=lines))


def test_more_products_than_fit_a_subject_are_counted() -> None:
    lines = tuple(replace(BAR, product_name=f"Bar {number}") for number in range(5))

    assert write_notice(replace(FACTS, lines=lines)).subject == (
        "Recall R-2026-004: please stop selling Bar 0, Bar 1 and 3 more"
    )


def test_a_line_break_in_a_name_can_not_forge_a_header_or_a_paragraph() -> None:
    lines = (replace(BAR, product_name="Bar\r\nBcc: all@example.com"),)

    notice = write_notice(replace(FACTS, lines=lines, customer_name="A\n\nB {case}"))

    assert "\n" not in notice.subject
    assert "\r" not in notice.subject
    assert notice.body.startswith("To A B {case}\n")


def test_a_language_we_do_not_write_falls_back_to_english() -> None:
    assert write_notice(replace(FACTS, language="fr")) == write_notice(FACTS)


def test_a_notice_about_nothing_is_refused() -> None:
    with pytest.raises(NoticeEmpty):
        write_notice(replace(FACTS, lines=()))


@pytest.mark.parametrize("language", ["de", "ja"])
def test_every_phrase_takes_the_same_facts_in_every_language(language: str) -> None:
    for field in fields(Phrases):
        assert blanks(PHRASES_BY_LANGUAGE[language], field.name) == blanks(PHRASES_BY_LANGUAGE["en"], field.name)


def blanks(phrases: Phrases, name: str) -> list[frozenset[str]]:
    """Return the blanks of a phrase, or of each of its kinds."""
    value: object = getattr(phrases, name)
    texts = [value]
    if isinstance(value, dict):
        texts = list(cast("dict[RecallKind, object]", value).values())
    return [frozenset(blank for _, blank, _, _ in Formatter().parse(str(text)) if blank) for text in texts]
