"""GS1: check digits, lots, dates, Digital Links there and back, and what scanners send."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.kit.gs1.errors import (
    CheckDigitWrong,
    DateInvalid,
    ElementStringInvalid,
    Gs1Refusal,
    GtinInvalid,
    LinkInvalid,
    LotInvalid,
    SsccInvalid,
)
from provender.kit.gs1.identification import Identification
from provender.kit.gs1.keys import (
    check_digit_of,
    normalise_gtin,
    normalise_sscc,
    read_date,
    require_lot,
    write_date,
)
from provender.kit.gs1.links import build_link, parse_link
from provender.kit.gs1.scans import is_scan, read_scan

TODAY: Final = date(2026, 5, 1)
GTIN: Final = "09506000134352"
BASE: Final = "https://id.example.com"
CHARACTERS_82: Final = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"

gtins = st.text("0123456789", min_size=13, max_size=13).filter(lambda digits: digits.strip("0"))
lots = st.text(CHARACTERS_82, min_size=1, max_size=20).filter(lambda lot: lot.strip("."))
days = st.dates(date(1977, 1, 1), date(2076, 12, 31))


@pytest.mark.parametrize(
    ("written", "gtin"),
    [
        ("9506000134352", GTIN),
        ("0950 6000 1343 52", GTIN),
        ("9-506000-134352", GTIN),
        ("96385074", "00000096385074"),
        ("036000291452", "00036000291452"),
    ],
)
def test_a_gtin_of_any_length_becomes_fourteen_digits(written: str, gtin: str) -> None:
    assert normalise_gtin(written) == gtin


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ("9506000134351", CheckDigitWrong),
        ("950600013435", CheckDigitWrong),
        ("123456789", GtinInvalid),
        ("950600013435X", GtinInvalid),
        ("٩٥٠٦٠٠٠١٣٤٣٥٢", GtinInvalid),
        ("00000000", GtinInvalid),
        ("", GtinInvalid),
    ],
)
def test_what_is_no_gtin_is_refused_by_field(written: str, refusal: type[Gs1Refusal]) -> None:
    with pytest.raises(refusal) as caught:
        normalise_gtin(written, field="gtin")

    assert caught.value.field == "gtin"
    assert caught.value.hint


@given(digits=gtins, place=st.integers(0, 13), shift=st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(digits: str, place: int, shift: int) -> None:
    gtin = digits + check_digit_of(digits)
    wrong = gtin[:place] + str((int(gtin[place]) + shift) % 10) + gtin[place + 1 :]

    with pytest.raises(Gs1Refusal):
        normalise_gtin(wrong)


def test_an_sscc_is_checked_by_its_last_digit() -> None:
    assert normalise_sscc("1 0614141 123456789 7") == "106141411234567897"
    with pytest.raises(CheckDigitWrong):
        normalise_sscc("106141411234567890")
    with pytest.raises(SsccInvalid):
        normalise_sscc("10614141123456789")


def test_there_are_82_characters_that_a_lot_may_have() -> None:
    allowed = [chr(point) for point in range(0x250) if is_lot(f"1{chr(point)}")]

    assert sorted(allowed) == sorted(CHARACTERS_82)
    assert len(allowed) == 82


@pytest.mark.parametrize("lot", ["", "A B", "Ö1", "X" * 21, ".", "..", "A\x1d"])
def test_a_lot_that_no_barcode_can_hold_is_refused(lot: str) -> None:
    assert not is_lot(lot)


def is_lot(text: str) -> bool:
    try:
        return require_lot(text) == text
    except LotInvalid:
        return False


@given(day=days)
def test_a_date_within_fifty_years_is_read_as_it_was_written(day: date) -> None:
    assert read_date(write_date(day), today=TODAY) == day


@pytest.mark.parametrize(
    ("today", "digits", "day"),
    [
        (date(2060, 1, 1), "100101", date(2110, 1, 1)),
        (date(2060, 1, 1), "110101", date(2011, 1, 1)),
        (date(2026, 1, 1), "770101", date(1977, 1, 1)),
        (date(2026, 1, 1), "760101", date(2076, 1, 1)),
    ],
)
def test_the_century_is_the_nearer_one(today: date, digits: str, day: date) -> None:
    assert read_date(digits, today=today) == day


def test_day_zero_is_the_last_of_the_month() -> None:
    assert read_date("280200", today=TODAY) == date(2028, 2, 29)


@pytest.mark.parametrize("digits", ["271301", "270230", "270001", "2701", "27013a", "270132"])
def test_a_day_that_does_not_exist_is_refused(digits: str) -> None:
    with pytest.raises(DateInvalid):
        read_date(digits, today=TODAY)


def test_a_link_names_product_lot_and_best_before_in_the_order_of_the_standard() -> None:
    goods = Identification(
        gtin="9506000134352",
        lot="b.#132/4500".replace("#", "-"),
        serial="7",
        consumer_variant="2A",
        best_before_on=date(2027, 3, 31),
        expires_on=date(2027, 6, 30),
    )

    assert build_link(f"{BASE}/", goods) == (f"{BASE}/01/{GTIN}/22/2A/10/b.-132%2F4500/21/7?15=270331&17=270630")


@given(
    digits=gtins,
    lot=st.none() | lots,
    serial=st.none() | lots,
    variant=st.none() | lots,
    best_before_on=st.none() | days,
)
def test_a_link_that_was_built_is_read_back(
    digits: str, lot: str | None, serial: str | None, variant: str | None, *, best_before_on: date | None
) -> None:
    goods = Identification(
        gtin=digits + check_digit_of(digits),
        lot=lot,
        serial=serial,
        consumer_variant=variant,
        best_before_on=best_before_on,
    )

    assert parse_link(build_link(f"{BASE}/some/path", goods), today=TODAY) == goods


def test_a_pallet_has_a_link_of_its_own() -> None:
    pallet = Identification(sscc="106141411234567897")

    assert build_link(BASE, pallet) == f"{BASE}/00/106141411234567897"
    assert parse_link(f"{BASE}/00/106141411234567897", today=TODAY) == pallet


@pytest.mark.parametrize(
    "address",
    [
        f"{BASE}/gtin/9506000134352/lot/ABC",
        f"HTTP://ID.EXAMPLE.COM/01/{GTIN}/10/ABC#top",
        f"{BASE}/shop/01/01/{GTIN}/10/ABC/?utm_source=qr",
    ],
)
def test_older_and_decorated_links_are_read(address: str) -> None:
    assert parse_link(address, today=TODAY) == Identification(gtin=GTIN, lot="ABC")


def test_a_date_in_the_query_is_read_and_other_identifiers_are_kept() -> None:
    goods = parse_link(f"{BASE}/01/{GTIN}?15=270331&3103=000250&linkType=gs1:pip", today=TODAY)

    assert goods.best_before_on == date(2027, 3, 31)
    assert goods.others == (("3103", "000250"),)


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        (f"{BASE}/products/chocolate", LinkInvalid),
        (f"{BASE}/01", LinkInvalid),
        (f"{BASE}/01/{GTIN}/99/x", LinkInvalid),
        (f"ftp://id.example.com/01/{GTIN}", LinkInvalid),
        ("https://[::1/01/2", LinkInvalid),
        (f"{BASE}/01/9506000134351", CheckDigitWrong),
        (f"{BASE}/01/{GTIN}/10/a%20b", LotInvalid),
        (f"{BASE}/01/{GTIN}/10/%FF", LotInvalid),
        (f"{BASE}/01/{GTIN}?15=271341", DateInvalid),
        (f"{BASE}/01/{GTIN}/10/A?10=B", ElementStringInvalid),
    ],
)
def test_what_is_no_digital_link_is_refused(address: str, refusal: type[Gs1Refusal]) -> None:
    with pytest.raises(refusal) as caught:
        parse_link(address, today=TODAY, field="code")

    assert caught.value.field == "code"


@pytest.mark.parametrize("base", ["id.example.com", "https://", f"{BASE}?x=1", "mailto:a@b"])
def test_a_link_is_not_built_on_what_is_no_web_address(base: str) -> None:
    with pytest.raises(LinkInvalid):
        build_link(base, Identification(gtin=GTIN))


def test_a_link_needs_a_gtin_or_an_sscc() -> None:
    with pytest.raises(LinkInvalid):
        build_link(BASE, Identification(lot="ABC"))


BAR: Final = Identification(gtin=GTIN, lot="ABC-1", best_before_on=date(2027, 3, 31))


@pytest.mark.parametrize(
    "scanned",
    [
        f"]d201{GTIN}1527033110ABC-1",
        f"]C101{GTIN}10ABC-1\x1d15270331",
        f"]Q3\x1d01{GTIN}10ABC-1\x1d15270331\x1d",
        f"01{GTIN}10ABC-1<GS>15270331\r\n",
        f"(01){GTIN}(10)ABC-1(15)270331",
        f"(01) {GTIN} (15) 270331 (10) ABC-1",
        f"{BASE}/01/{GTIN}/10/ABC-1?15=270331",
    ],
)
def test_every_form_of_one_code_says_the_same(scanned: str) -> None:
    assert read_scan(scanned, today=TODAY) == BAR


def test_a_bare_barcode_number_is_a_gtin() -> None:
    assert read_scan("]E09506000134352", today=TODAY) == Identification(gtin=GTIN)
    assert read_scan("9506000134352", today=TODAY) == Identification(gtin=GTIN)


def test_brackets_inside_a_lot_are_part_of_it() -> None:
    goods = read_scan(f"(01){GTIN}(10)A(1)B", today=TODAY)

    assert goods.lot == "A(1)B"


def test_without_a_separator_a_lot_goes_on_to_the_end() -> None:
    assert read_scan(f"01{GTIN}10ABC15270331", today=TODAY).lot == "ABC15270331"


def test_weights_and_counts_are_kept_beside() -> None:
    goods = read_scan(f"01{GTIN}310300025037120\x1d10A", today=TODAY)

    assert goods.others == (("3103", "000250"), ("37", "120"))
    assert goods.lot == "A"


@pytest.mark.parametrize(
    ("scanned", "refusal"),
    [
        ("", ElementStringInvalid),
        ("X" * 501, ElementStringInvalid),
        ("hello", ElementStringInvalid),
        ("]d2", ElementStringInvalid),
        ("0195060001", ElementStringInvalid),
        (f"01{GTIN}10", ElementStringInvalid),
        (f"01{GTIN}10{'A' * 21}", ElementStringInvalid),
        (f"01{GTIN}15\x1d270331", ElementStringInvalid),
        (f"(01){GTIN}(10)", ElementStringInvalid),
        ("(77)1", ElementStringInvalid),
        (f"01{GTIN}10A\x1d10B", ElementStringInvalid),
        ("0109506000134351", CheckDigitWrong),
        (f"01{GTIN}15271331", DateInvalid),
        (f"01{GTIN}10A B", LotInvalid),
    ],
)
def test_a_scan_that_follows_no_rule_is_refused(scanned: str, refusal: type[Gs1Refusal]) -> None:
    with pytest.raises(refusal) as caught:
        read_scan(scanned, today=TODAY, field="code")

    assert caught.value.field == "code"
    assert caught.value.code.startswith("gs1.")


@given(text=st.text(alphabet="01()]dC2\x1d75 A/.:hHtp", max_size=40))
def test_any_text_is_a_code_or_a_refusal(text: str) -> None:
    try:
        goods = read_scan(text, today=TODAY)
    except Gs1Refusal:
        return

    assert goods != Identification()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BASE}/01/{GTIN}", True),
        ("]d201", True),
        ("(01)123", True),
        ("10A\x1d11", True),
        ("L2026-31", False),
        ("20260331", False),
        ("A(10)", False),
        ("b. #132/4500", False),
    ],
)
def test_a_typed_batch_code_is_not_taken_for_a_scan(text: str, *, expected: bool) -> None:
    assert is_scan(text) is expected
