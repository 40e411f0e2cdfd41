"""The pages of traces, complaints and recalls speak German and Japanese."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from provender.kit.ui.translations import list_messages, list_missing_translations

SOURCE = Path(__file__).parents[3] / "src" / "provender"
LOCALES = [SOURCE / "kit/ui/locales", SOURCE / "trace/locales"]
ROOMS = ["lineage", "complaints", "recall"]


@pytest.mark.parametrize("room", ROOMS)
def test_every_word_of_a_page_is_translated(room: str) -> None:
    assert list(list_missing_translations(SOURCE / "trace" / room, LOCALES)) == []


@pytest.mark.parametrize("language", ["de", "ja"])
@pytest.mark.parametrize("room", ROOMS)
def test_no_word_is_translated_that_no_page_of_the_room_says(room: str, language: str) -> None:
    catalog = SOURCE / "trace/locales" / language / "LC_MESSAGES" / f"{room}.po"
    with catalog.open("rb") as file:
        known = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file)} - {""}

    assert known <= set(list_messages(SOURCE / "trace" / room))
