"""Every word of the pages of core is there in German and Japanese."""

from __future__ import annotations

import pytest

from provender.core.audit.rules import UNTOLD, name_subject
from provender.core.mount import HERE, LOCALES, NAVIGATION
from provender.kit.ui.translations import list_missing_translations, read_forms
from tests.architecture.catalog import Catalog, catalog

__all__ = ["catalog"]

TOLD_IN_CODE = (
    "Your account was saved.",
    "Your password was changed. Your other browsers are signed out.",
    "The access was ended.",
    "The settings were saved.",
    "The person can sign in now.",
    "The membership was changed.",
    "All access of this person was ended.",
)
"""Sentences that are translated when they are said, not in a template."""
KIT_LOCALES = HERE.parent / "kit" / "ui" / "locales"


def test_nothing_that_a_page_says_is_missing_in_german_or_japanese() -> None:
    assert list(list_missing_translations(HERE, [KIT_LOCALES, *LOCALES])) == []


@pytest.mark.parametrize("language", ["de", "ja"])
def test_what_is_said_after_a_form_and_in_the_navigation_is_translated(language: str) -> None:
    known = {word for folder in (KIT_LOCALES, *LOCALES) for word in read_forms(folder, language)}
    said = {*TOLD_IN_CODE, *(item.label for item in NAVIGATION), *(item.group for item in NAVIGATION)}

    assert said - known == set()


@pytest.mark.parametrize("language", ["de", "ja"])
def test_every_audited_table_and_column_has_its_word(catalog: Catalog, language: str) -> None:
    known = {word for folder in (KIT_LOCALES, *LOCALES) for word in read_forms(folder, language)}
    audited = {table.name for table in catalog.tables if any("write_audit" in trigger for trigger in table.triggers)}
    columns = {
        found.name
        for found in catalog.columns
        if found.table in audited and found.name not in UNTOLD | {"organisation_id", "password_hash", "token_hash"}
    }
    words = {name_subject(table) for table in audited} | {
        name.removesuffix("_id").replace("_", " ") for name in columns
    }

    assert sorted(words - known) == []
