"""CSV out and in, and XLSX out."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import BaseModel, ConfigDict

from provender.kit.csv.columns import Cell, Column, Kind, cells_of, read_items
from provender.kit.csv.errors import CsvHeaderWrong, CsvTooLarge, CsvUnreadable
from provender.kit.csv.reading import LARGEST_FILE, MOST_ROWS, Headings, parse_rows, read_csv, unguard_formula
from provender.kit.csv.spreadsheet import Sheet, write_workbook
from provender.kit.csv.writing import Dialect, disposition, file_name, guard_formula, write_csv

HEADINGS = Headings(required=("name", "mass_g"), optional=("note",), ignored=("id",), numbers=frozenset({"mass_g"}))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


class Bar(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    mass_g: Decimal
    note: str | None = None


def file_of(names: list[str], rows: list[list[Cell]], dialect: Dialect = Dialect.STANDARD) -> bytes:
    return b"".join(write_csv(names, rows, dialect))


def test_a_file_begins_with_a_byte_order_mark_and_ends_lines_as_rfc_4180_says() -> None:
    written = file_of(["name", "note"], [["A, B", 'says "no"'], [None, "one\ntwo"]])

    assert written == '\ufeffname,note\r\n"A, B","says ""no"""\r\n,"one\ntwo"\r\n'.encode()


def test_days_moments_numbers_and_truth_have_one_form() -> None:
    moment = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    row: list[Cell] = [date(2026, 11, 20), moment, Decimal("1234.50"), -7, Decimal("1E+3"), True, None]

    lines = [file_of(["a"], [row], dialect).decode("utf-8-sig").splitlines()[1] for dialect in Dialect]

    assert lines == [
        "2026-11-20,2026-11-20T06:30:00+00:00,1234.50,-7,1000,true,",
        "2026-11-20;2026-11-20T06:30:00+00:00;1234,50;-7;1000;true;",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+49 89", "-x", "@SUM", "\tx", "\rx", "'=x", "＝A1"])  # noqa: RUF001  # the wide sign is meant
def test_no_text_is_run_as_a_formula(text: str) -> None:
    written = file_of(["a"], [[text]])
    [_, [cell]] = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))

    assert cell == f"'{text}"


@given(TEXTS)
def test_the_guard_is_taken_off_exactly(text: str) -> None:
    assert unguard_formula(guard_formula(text)) == text


@given(st.lists(st.tuples(TEXTS, st.decimals(allow_nan=False, allow_infinity=False, places=4), TEXTS), max_size=8))
@pytest.mark.parametrize("dialect", list(Dialect))
def test_what_is_exported_is_imported_without_loss(dialect: Dialect, rows: list[tuple[str, Decimal, str]]) -> None:
    written = file_of(["Name", "mass g", "NOTE"], [list(row) for row in rows], dialect)

    read = read_csv(written, HEADINGS)

    assert read.faults == []
    assert [
        (row.values.get("name", ""), Decimal(row.values["mass_g"]), row.values.get("note", "")) for row in read.rows
    ] == [(name.strip(" "), mass, note.strip(" ")) for name, mass, note in rows]


def test_every_bad_row_is_named_by_line_and_field_and_good_rows_are_kept() -> None:
    content = b'name,mass_g,note\r\nA,50,"two\r\nlines"\r\nB,heavy,\r\n,1,\r\nC,2\r\n\r\nD,70,\r\nE\0,1,\r\n'

    parsed = parse_rows(read_csv(content, HEADINGS), Bar)

    assert [(line, bar.name) for line, bar in parsed.entries] == [(2, "A"), (8, "D")]
    assert [(fault.line, fault.field) for fault in parsed.faults] == [(4, "mass_g"), (5, "name"), (6, ""), (9, "name")]
    assert parsed.faults[0].as_refusal().field == "lines.4.mass_g"


@pytest.mark.parametrize(
    ("written", "read"), [("1.056,5", "1056.5"), ("0,5", "0.5"), ("12", "12"), ("1.056", "1.056"), ("1,0,5", "1,0,5")]
)
def test_a_decimal_comma_is_read_in_a_file_divided_by_semicolons(written: str, read: str) -> None:
    [row] = read_csv(f"name;mass_g\nA;{written}\n".encode(), HEADINGS).rows

    assert row.values["mass_g"] == read


@pytest.mark.parametrize(
    "content",
    [
        b"name\xff\n",
        b"name,mass_g\nA,\xc3\x28\n",
        b"",
        b"\xef\xbb\xbf \r\n",
        b'name,mass_g\n"A,1\n',
        "name".encode("utf-16"),
    ],
)
def test_what_is_no_csv_in_utf_8_is_refused(content: bytes) -> None:
    with pytest.raises((CsvUnreadable, CsvHeaderWrong)) as refused:
        read_csv(content, HEADINGS)

    assert refused.value.hint


@pytest.mark.parametrize(
    ("header", "field"),
    [("name", "mass_g"), ("name,mass_g,colour", "colour"), ("name,mass_g,Name", "name"), ("name,mass_g,", "header")],
)
def test_headings_that_do_not_fit_are_named(header: str, field: str) -> None:
    with pytest.raises(CsvHeaderWrong) as refused:
        read_csv(f"{header}\nA,1,2\n".encode(), HEADINGS)

    assert refused.value.field == field


def test_columns_that_only_an_export_shows_are_left_out() -> None:
    [row] = read_csv(b"id,name,mass_g\n7,A,1\n", HEADINGS).rows

    assert row.values == {"name": "A", "mass_g": "1"}


def test_more_rows_or_bytes_than_one_import_takes_are_refused() -> None:
    with pytest.raises(CsvTooLarge):
        read_csv(b"name,mass_g\n" + b"A,1\n" * (MOST_ROWS + 1), HEADINGS)
    with pytest.raises(CsvTooLarge):
        read_csv(b"x" * (LARGEST_FILE + 1), HEADINGS)


def test_a_column_finds_its_value_inside_the_row() -> None:
    columns = [Column("farm", "farm.name"), Column("mass_g", kind=Kind.NUMBER), Column("made_on", kind=Kind.DAY)]
    items = read_items(b'[{"farm": {"name": "Elvesia"}, "mass_g": 0.1, "made_on": "2026-11-20"}, {"farm": null}]')

    assert [cells_of(columns, item) for item in items] == [
        ["Elvesia", Decimal("0.1"), date(2026, 11, 20)],
        [None, None, None],
    ]


def test_a_download_is_named_by_what_it_holds_and_the_day() -> None:
    name = file_name("Rückruf / RC-7", date(2026, 11, 20))

    assert name == "Rückruf-RC-7-2026-11-20.csv"
    assert disposition("a.csv") == 'attachment; filename="a.csv"'
    assert disposition(name) == (
        "attachment; filename=\"R_ckruf-RC-7-2026-11-20.csv\"; filename*=UTF-8''R%C3%BCckruf-RC-7-2026-11-20.csv"
    )


def test_a_spreadsheet_holds_real_numbers_days_and_moments_and_no_formula(tmp_path: Path) -> None:
    columns = [
        Column("name"),
        Column("mass_g", kind=Kind.NUMBER),
        Column("made_on", kind=Kind.DAY),
        Column("made_at", kind=Kind.MOMENT),
        Column("held"),
    ]
    rows = [
        {
            "name": "=1+1",
            "mass_g": Decimal("12.5"),
            "made_on": "2026-11-20",
            "made_at": "2026-11-20T06:30:00+00:00",
            "held": True,
        },
        {"name": "exact", "mass_g": Decimal("1234567890.1234567")},
    ]

    write_workbook(tmp_path / "a.xlsx", [Sheet("Bars: all/of them", columns, rows)], time_zone="Asia/Tokyo")

    sheet = load_workbook(tmp_path / "a.xlsx")["Bars  all of them"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert table == [
        ["name", "mass_g", "made_on", "made_at", "held"],
        ["=1+1", 12.5, datetime(2026, 11, 20), datetime(2026, 11, 20, 15, 30), True],  # noqa: DTZ001  # a cell has no zone
        ["exact", "1234567890.1234567", None, None, None],
    ]
    assert sheet["A2"].data_type == "s"
