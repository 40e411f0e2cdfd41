"""The whole interface speaks German and Japanese, and says nothing that nobody shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from provender.core.accounts.model import Role
from provender.core.audit.rules import UNTOLD, name_subject
from provender.kit.quantities.units import BaseUnit
from provender.kit.sentences import name_word
from provender.kit.ui.formatting import LANGUAGES
from provender.kit.validation import MESSAGES
from provender.trace.orders.model import AllocationState, OrderState
from provender.trace.processes.model import ProcessKind
from provender.trace.recall.model import RootKind
from tests.architecture.catalog import Catalog, catalog
from tests.architecture.house import SOURCE, files_ending, text_of
from tests.architecture.messages import list_heard, list_said, list_unspeakable

__all__ = ["catalog"]

FOREIGN = LANGUAGES[1:]
PLACE = re.compile(r"%\((\w+)\)s")
RAISED = re.compile(r"RAISE EXCEPTION '([^']+)'")
ABBREVIATIONS = {BaseUnit.GRAM, BaseUnit.MILLILITRE}
"""Written alike in every language."""
HEARD_OTHERWISE = {
    "Order % is cancelled",
    "% on %.% is refused: its rows are evidence and are only ever added",
    "The % of a % cannot be changed",
    "A % cannot move from % to %",
}
"""Heard as a more general message, with the name of the table in it, or a fault that no page shows."""
SPOKEN_WORDS = {
    str(name_word(word).message)
    for kind in (Role, BaseUnit, AllocationState, OrderState, ProcessKind, RootKind)
    for word in kind
    if word not in ABBREVIATIONS
} | {"Base unit", "Identified", "Mass", "Volume", "Number of pieces", "Product", "Farm"}
"""Words that are values of sentences; see name_word."""


def catalogs(language: str) -> list[Path]:
    """Return every catalog of a language."""
    return sorted(SOURCE.rglob(f"locales/{language}/LC_MESSAGES/*.po"))


def entries(language: str) -> Iterator[tuple[Path, Message]]:
    """Yield every message of every catalog of a language, and where it stands."""
    for path in catalogs(language):
        with path.open("rb") as file:
            yield from ((path, message) for message in read_po(file, locale=language) if message.id)


def english(message: Message) -> str:
    """Return the English message; of a counted one the singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """Return the translations of a message: one, or one for each kind of count."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


def audit_words(catalog: Catalog) -> set[str]:
    """Return the words that the page of changes makes of the names of tables and columns."""
    audited = {table.name for table in catalog.tables if any("write_audit" in trigger for trigger in table.triggers)}
    columns = {found.name for found in catalog.columns if found.table in audited and found.name not in UNTOLD}
    return {name_subject(table) for table in audited} | {name.removesuffix("_id").replace("_", " ") for name in columns}


@pytest.mark.parametrize("language", FOREIGN)
def test_everything_that_a_page_can_say_is_translated(language: str) -> None:
    said = {**dict.fromkeys({*SPOKEN_WORDS, *MESSAGES.values()}, "a word or a check"), **list_said()}
    known = {english(message) for _, message in entries(language) if all(forms(message)) and not message.fuzzy}

    assert [f"{where}: {message}" for message, where in said.items() if message not in known] == []


@pytest.mark.parametrize("language", FOREIGN)
def test_no_catalog_holds_a_message_that_nobody_says(catalog: Catalog, language: str) -> None:
    said = {*list_said(), *SPOKEN_WORDS, *MESSAGES.values(), *audit_words(catalog)}

    assert [
        f"{path.name}: {english(message)}" for path, message in entries(language) if english(message) not in said
    ] == []


def test_the_catalogs_of_all_languages_hold_the_same_messages() -> None:
    first, *others = [{(path.name, english(message)) for path, message in entries(language)} for language in FOREIGN]

    assert [sorted(first ^ other) for other in others] == [[]]


@pytest.mark.parametrize("language", FOREIGN)
def test_a_message_means_the_same_in_every_catalog(language: str) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for _, message in entries(language):
        meanings[english(message)].add(forms(message)[0])

    assert {message: told for message, told in meanings.items() if len(told) > 1} == {}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    uneven = [
        f"{path.name}: {english(message)}"
        for path, message in entries(language)
        for form in forms(message)
        if sorted(PLACE.findall(english(message))) != sorted(PLACE.findall(form))
    ]

    assert uneven == []


def test_sentences_with_values_are_told_so_that_a_catalog_can_know_them() -> None:
    assert list(list_unspeakable()) == [], "use tell() of kit/sentences"


def test_every_sentence_of_a_guard_in_the_database_is_heard() -> None:
    heard = {PLACE.sub("%", message).removesuffix(".") for message in list_heard()}
    raised = {
        sentence
        for path in files_ending(".sql", under=SOURCE / "database" / "schema" / "trace")
        for sentence in RAISED.findall(text_of(path))
    }

    assert len(raised) > 10
    assert sorted(raised - heard - HEARD_OTHERWISE) == []
