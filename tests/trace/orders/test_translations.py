"""Every word of the pages of orders and shipments is there in German and Japanese."""

from __future__ import annotations

from pathlib import Path

import pytest

import provender.kit.ui.translations
from provender.kit.ui.translations import list_missing_translations
from provender.trace import mount

KIT_LOCALES = Path(provender.kit.ui.translations.__file__).parent / "locales"


@pytest.mark.parametrize("room", ["orders", "shipments"])
def test_every_message_is_translated(room: str) -> None:
    assert list(list_missing_translations(mount.HERE / room, [KIT_LOCALES, *mount.LOCALES])) == []
