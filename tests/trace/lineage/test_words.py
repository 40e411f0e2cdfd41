"""The pages of traces, complaints and recalls speak German and Japanese."""

from __future__ import annotations

from pathlib import Path

import pytest

from provender.kit.ui.translations import list_missing_translations

SOURCE = Path(__file__).parents[3] / "src" / "provender"
LOCALES = [SOURCE / "kit/ui/locales", SOURCE / "trace/locales"]


@pytest.mark.parametrize("room", ["lineage", "complaints", "recall"])
def test_every_word_of_a_page_is_translated(room: str) -> None:
    assert list(list_missing_translations(SOURCE / "trace" / room, LOCALES)) == []
