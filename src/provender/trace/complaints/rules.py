"""Which batch a complaint may be about: signs and their order. A person decides."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from provender.trace.batches.model.codes import batch_code_key
from provender.trace.complaints.model import Batch, Candidate, Report, Sign

WEIGHT: Final = {
    Sign.CODE_AS_PRINTED: 32,
    Sign.CODE_NORMALISED: 24,
    Sign.CODE_SIMILAR: 8,
    Sign.BEST_BEFORE: 6,
    Sign.SHIPPED_TO_CUSTOMER: 4,
    Sign.PRODUCT: 2,
}
"""A right code outweighs everything else together; a similar one does not outweigh date and delivery."""
LEAST_LIKENESS: Final = 0.75
"""Ratio of matching characters (Ratcliff and Obershelp): one wrong or missing character in a code of six passes."""
MOST_CANDIDATES: Final = 25


def is_similar(one: str, other: str) -> bool:
    """Whether two folded codes differ so little that one may be a misreading of the other."""
    return bool(one and other) and SequenceMatcher(None, one, other, autojunk=False).ratio() >= LEAST_LIKENESS


def signs_of(report: Report, batch: Batch) -> tuple[Sign, ...]:
    """Return why this batch may be meant, strongest first; empty: nothing points to it."""
    found: list[Sign] = []
    reported = (report.reported_code or "").strip()
    if reported:
        if reported == batch.code:
            found.append(Sign.CODE_AS_PRINTED)
        elif batch_code_key(reported) == batch.code_key:
            found.append(Sign.CODE_NORMALISED)
        elif is_similar(batch_code_key(reported), batch.code_key):
            found.append(Sign.CODE_SIMILAR)
    if report.reported_best_before_on is not None and report.reported_best_before_on == batch.best_before_on:
        found.append(Sign.BEST_BEFORE)
    if batch.shipped_quantity > 0:
        found.append(Sign.SHIPPED_TO_CUSTOMER)
    if report.product_id is not None and report.product_id == batch.product_id:
        found.append(Sign.PRODUCT)
    return tuple(found)


def rank_candidates(report: Report, batches: Iterable[Batch]) -> list[Candidate]:
    """Return the batches that something points to, the likeliest first, at most 25.

    Among equals the youngest comes first, then the smallest code. A batch that only has the product in common is no
    candidate unless nothing else was reported.
    """
    candidates = [Candidate(batch, signs_of(report, batch)) for batch in batches]
    telling = [candidate for candidate in candidates if set(candidate.signs) - {Sign.PRODUCT}]
    kept = telling or [candidate for candidate in candidates if candidate.signs]
    kept.sort(key=lambda candidate: candidate.batch.code)
    kept.sort(key=lambda candidate: candidate.batch.made_on, reverse=True)
    kept.sort(key=lambda candidate: sum(WEIGHT[sign] for sign in candidate.signs), reverse=True)
    return kept[:MOST_CANDIDATES]
