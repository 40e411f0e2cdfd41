"""The page on classes, reasons and actions says every word that the rules can say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from provender.trace.recall.export_routes import Format
from provender.trace.recall.model import ItemClass, Reason
from provender.trace.recall.payloads import Action

PAGE = Path("docs/reference/recall-reasons.md").read_text(encoding="utf-8")
CODES = set(re.findall(r"`([a-z_]+)`", "\n".join(line.split("|")[1] for line in PAGE.splitlines() if "|" in line)))


@pytest.mark.parametrize("word", [*ItemClass, *Reason, *get_args(Action), *Format])
def test_every_word_of_a_recall_is_explained(word: str) -> None:
    assert str(word) in CODES


def test_no_word_is_explained_that_no_recall_says() -> None:
    assert {str(word) for word in (*ItemClass, *Reason, *get_args(Action), *Format)} == CODES
