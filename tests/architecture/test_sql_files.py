"""SQL is code: one statement per file, with a header, under the name of its function."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.house import SOURCE, files_ending, place_of, syntax_of, text_of

PARAMETER = re.compile(r"%\((\w+)\)s")
NUMBERED = re.compile(r"%s|\$\d")
COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
QUOTED = re.compile(r"'(?:[^']|'')*'")
STAR = re.compile(r"(SELECT|RETURNING|,|\.)\s*\*", re.IGNORECASE)
PARENTHESES = re.compile(r"\([^()]*\)")
TENANT = "organisation_id"


@dataclass(frozen=True)
class Statement:
    """A `.sql` file of a room, taken apart.

    Attributes:
        place: Where the file stands.
        header: The comment above the statement.
        text: The statement without comments and without the text in quotes.
    """

    place: str
    header: str
    text: str

    @property
    def parameters(self) -> set[str]:
        return set(PARAMETER.findall(self.text))


def read_statement(place: str, written: str) -> Statement:
    lines = written.splitlines()
    end = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
    header = "\n".join(line.removeprefix("--").strip() for line in lines[:end])
    body = QUOTED.sub("''", COMMENT.sub("", "\n".join(lines[end:])))
    return Statement(place, header.strip(), body.strip())


def statement_files() -> list[Path]:
    """Return the statements of rooms and kit; the schema and migrations are other things."""
    found = files_ending(".sql", under=SOURCE)
    return [path for path in found if path.parent.name == "sql" and "migrations" not in path.parts]


def statements() -> list[Statement]:
    return [read_statement(place_of(path), text_of(path)) for path in statement_files()]


def outermost(text: str) -> str:
    """Return a statement without what stands in parentheses."""
    shorter = PARENTHESES.sub("", text)
    return text if shorter == text else outermost(shorter)


def test_every_statement_has_its_function_and_back() -> None:
    stores = {path.parent for path in files_ending("store.py", under=SOURCE)}
    folders = {path.parent.parent for path in statement_files()} | stores

    lonely = {
        place_of(folder): sorted(statements_in(folder) ^ functions_of_store(folder))
        for folder in folders
        if statements_in(folder) != functions_of_store(folder)
    }

    assert lonely == {}


def statements_in(folder: Path) -> set[str]:
    return {path.stem for path in (folder / "sql").glob("*.sql")}


def functions_of_store(folder: Path) -> set[str]:
    """Return the public functions of a room's store, which may be a file or a folder."""
    files = [folder / "store.py", *(folder / "store").glob("*.py")]
    return {
        node.name
        for path in files
        if path.exists()
        for node in syntax_of(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_"
    }


def test_the_header_of_a_statement_names_its_parameters() -> None:
    # The tenant is in all of them and needs no words.
    unnamed = [
        f"{statement.place}: {name}"
        for statement in statements()
        for name in sorted(statement.parameters - {TENANT})
        if not re.search(rf"\b{name}\b", statement.header)
    ]
    silent = [statement.place for statement in statements() if not statement.header]

    assert silent == []
    assert unnamed == []


def test_parameters_have_names() -> None:
    assert [found.place for found in statements() if NUMBERED.search(found.text)] == []


def test_the_header_says_which_order_is_promised() -> None:
    silent = [
        statement.place
        for statement in statements()
        if re.search(r"\bORDER BY\b", outermost(statement.text))
        and not re.search(r"\border", statement.header, re.IGNORECASE)
    ]

    assert silent == []


def test_the_header_says_which_rows_a_join_keeps_or_drops() -> None:
    silent = [
        statement.place
        for statement in statements()
        if re.search(r"\bJOIN\b", statement.text) and not re.search(r"\b(JOIN|LATERAL)", statement.header)
    ]

    assert silent == []


def test_a_file_holds_one_statement_and_lists_its_columns() -> None:
    several = [found.place for found in statements() if ";" in found.text.rstrip(";")]
    starred = [found.place for found in statements() if STAR.search(found.text)]

    assert several == []
    assert starred == []


def test_every_statement_of_a_domain_names_the_tenant() -> None:
    # Row-level security is the second lock; the first stands in the statement. A few statements
    # of core come before any tenant is known; there the database's functions are the door.
    domains = [found for found in statements() if "/core/" not in found.place]

    assert [found.place for found in domains if TENANT not in found.parameters] == []


def test_a_statement_is_taken_apart_as_it_is_written() -> None:
    written = "-- Rows: one.\n-- By code.\nSELECT 'a; b' -- why\nFROM x WHERE (a = %(b)s);\n"

    statement = read_statement("example.sql", written)

    assert statement.header == "Rows: one.\nBy code."
    assert statement.parameters == {"b"}
    assert ";" not in statement.text.rstrip(";")
    assert outermost("SELECT (SELECT 1 ORDER BY (2)) FROM x").split() == ["SELECT", "FROM", "x"]
