"""Catalogs: complete for the shared components, merged, and English where nothing is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import provender.kit.ui
from provender.kit.ui.translations import (
    Catalogs,
    list_missing_translations,
    read_forms,
)

ROOM = Path(provender.kit.ui.__file__).parent
LOCALES = ROOM / "locales"


def write_catalog(folder: Path, body: str) -> None:
    """Write a German catalog below a folder."""
    path = folder / "de" / "LC_MESSAGES" / "room.po"
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    path.write_text(f"{head}\n{body}")


def test_every_message_of_the_components_is_translated() -> None:
    assert list(list_missing_translations(ROOM, [LOCALES])) == []


@pytest.mark.parametrize("language", ["de", "ja"])
def test_translations_keep_the_parameters_of_their_message(language: str) -> None:
    def parameters(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)s", text))

    forms = read_forms(LOCALES, language)

    assert not [
        message
        for message, translated in forms.items()
        if any(parameters(one) != parameters(message) for one in translated)
    ]


def test_a_message_that_is_not_known_stays_english() -> None:
    catalogs = Catalogs([LOCALES])

    assert catalogs.translate("de", "Nobody says this") == "Nobody says this"
    assert catalogs.translate("en", "Undo") == "Undo"


def test_counted_messages_use_the_plural_of_the_language() -> None:
    catalogs = Catalogs([LOCALES])

    counted = [catalogs.translate_count("de", "%(count)s row", "%(count)s rows", n) for n in (1, 2)]

    assert counted == ["%(count)s Zeile", "%(count)s Zeilen"]
    assert catalogs.translate_count("ja", "%(count)s row", "%(count)s rows", 2) == "%(count)s行"
    assert catalogs.translate_count("en", "row", "rows", 1) == "row"
    assert catalogs.translate_count("en", "row", "rows", 0) == "rows"


def test_the_catalog_of_a_room_wins_over_that_of_the_components(tmp_path: Path) -> None:
    write_catalog(tmp_path, 'msgid "Undo"\nmsgstr "Zurücknehmen"\n')

    catalogs = Catalogs([LOCALES, tmp_path])

    assert catalogs.translate("de", "Undo") == "Zurücknehmen"
    assert catalogs.translate("de", "Print") == "Drucken"


def test_unfinished_translations_are_not_shown(tmp_path: Path) -> None:
    write_catalog(tmp_path, '#, fuzzy\nmsgid "Bean"\nmsgstr "Bohne"\n\nmsgid "Nib"\nmsgstr ""\n')

    catalogs = Catalogs([tmp_path])

    assert catalogs.translate("de", "Bean") == "Bean"
    assert catalogs.translate("de", "Nib") == "Nib"


def test_a_message_without_translation_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{% trans %}Cocoa butter{% endtrans %}{{ _('Husk') }}")

    missing = list(list_missing_translations(tmp_path, [LOCALES]))

    assert missing == ["de: Cocoa butter", "de: Husk", "ja: Cocoa butter", "ja: Husk"]
