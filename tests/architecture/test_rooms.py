"""Every room can be understood before it is opened."""

from __future__ import annotations

import re

from tests.architecture.house import place_of, rooms, text_of

LONGEST_CARD = 30
PARTS = ("purpose", "tables", "verbs", "invariants")


def test_every_room_has_a_card_of_its_purpose_tables_verbs_and_invariants() -> None:
    cards = [room / "README.md" for room in rooms()]

    absent = [place_of(card) for card in cards if not card.exists()]
    silent = [
        f"{place_of(card)}: {part}"
        for card in cards
        if card.exists()
        for part in PARTS
        if not re.search(rf"\b{part}\b", text_of(card), re.IGNORECASE)
    ]

    assert cards
    assert absent == []
    assert silent == []


def test_a_card_is_read_in_a_minute() -> None:
    lines_by_card = {
        place_of(card): len(text_of(card).splitlines()) for room in rooms() if (card := room / "README.md").exists()
    }

    assert {card: lines for card, lines in lines_by_card.items() if lines > LONGEST_CARD} == {}
