"""The documents lead where they say, and every decision says what enforces it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.house import PROJECT, files_ending, place_of, text_of

DOCUMENTS = PROJECT / "docs"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
PARTS_OF_A_DECISION = ("Context", "Decision", "Consequences", "Alternatives", "What enforces it")


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{place_of(page)} -> {target}"
        for page in files_ending(".md")
        for target in LINK.findall(FENCED.sub("", text_of(page)))
        if is_ours(target) and not (page.parent / target.split("#")[0]).exists()
    ]

    assert broken == []


def is_ours(target: str) -> bool:
    """Tell a file of ours from an address and from a place on the same page."""
    return not re.match(r"[a-z]+:|#|//", target)


def test_the_index_leads_to_every_document() -> None:
    index = DOCUMENTS / "README.md"
    linked = {(DOCUMENTS / target.split("#")[0]).resolve() for target in LINK.findall(text_of(index))}

    unlisted = [place_of(page) for page in files_ending(".md", under=DOCUMENTS) if page != index and page not in linked]

    assert unlisted == []


def test_every_decision_says_why_and_what_enforces_it() -> None:
    decisions = decision_records()

    incomplete = [
        f"{place_of(record)}: {part}"
        for record in decisions
        for part in PARTS_OF_A_DECISION
        if f"\n## {part}\n" not in text_of(record)
    ]

    assert decisions
    assert incomplete == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(record.name[:4]) for record in decision_records()]

    assert numbers == list(range(1, len(numbers) + 1))


def decision_records() -> list[Path]:
    return files_ending(".md", under=DOCUMENTS / "decisions")
