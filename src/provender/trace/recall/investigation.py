"""The way from a complaint or a batch to suspects, and from suspects to what they reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from provender.kit.db import Work
from provender.trace.complaints.model import Candidate
from provender.trace.complaints.public import Complaint, list_candidates, read_complaint
from provender.trace.recall import reads
from provender.trace.recall.computing import RankedSource, rank_sources
from provender.trace.recall.model import ComplaintBatches
from provender.trace.recall.payloads import InvestigationQuery, Reach

SHORT = 80
"""Characters of a complaint that make the title of its case."""


@dataclass(frozen=True)
class Investigation:
    """What an investigation has found so far.

    Attributes:
        candidates: Batches that the complaints may be about, likeliest first.
        batch_ids: Those taken for it: chosen, identified, or the likeliest one.
        suspects: Sources of these batches, the best explanation first.
        root_ids: Those picked; before a person picks, the best explanation.
        reach: What the picked ones would pull, when they were picked.
    """

    complaints: Sequence[Complaint]
    candidates: Sequence[Candidate]
    batch_ids: frozenset[UUID]
    suspects: Sequence[RankedSource]
    root_ids: frozenset[UUID]
    reach: Reach | None

    @property
    def title(self) -> str:
        """A title for the case, from the first complaint."""
        if not self.complaints:
            return ""
        first = self.complaints[0]
        words = first.description if len(first.description) <= SHORT else f"{first.description[: SHORT - 1]}…"
        return f"{first.product.name}: {words}" if first.product else words

    @property
    def reason(self) -> str:
        """The defect as the first complaint names it, a clause without a full stop."""
        return self.complaints[0].description.rstrip(". ") if self.complaints else ""


async def investigate(work: Work, wanted: InvestigationQuery, time_zone: str) -> Investigation:
    """Return what is known on the way to a recall; nothing is changed.

    Raises:
        NotFound: a complaint is not there.
        RootMissing: a picked root is not one of ours.
    """
    complaints = [await _read(work, complaint_id) for complaint_id in wanted.complaint]
    candidates = await list_candidates(work, complaints[0].id) if complaints else []
    batch_ids = _taken(wanted, complaints, candidates)
    suspects = await _rank(work, wanted, batch_ids)
    picked = frozenset(wanted.root)
    reach = Reach.model_validate(await reads.preview(work, sorted(picked), time_zone)) if picked else None
    best = frozenset(one.source.id for one in suspects[:1])
    return Investigation(complaints, candidates, batch_ids, suspects, picked or best, reach)


async def _read(work: Work, complaint_id: UUID) -> Complaint:
    body, _ = await read_complaint(work, complaint_id)
    return Complaint.model_validate_json(body)


def _taken(
    wanted: InvestigationQuery, complaints: Sequence[Complaint], candidates: Sequence[Candidate]
) -> frozenset[UUID]:
    if wanted.batch:
        return frozenset(wanted.batch)
    identified = {complaint.batch.id for complaint in complaints if complaint.batch is not None}
    return frozenset(identified or {candidate.batch.id for candidate in candidates[:1]})


async def _rank(work: Work, wanted: InvestigationQuery, batch_ids: frozenset[UUID]) -> list[RankedSource]:
    if not batch_ids:
        return []
    complained = await reads.complained_batches(work, wanted.complaint[1:])
    first = ComplaintBatches("first", frozenset(str(batch_id) for batch_id in batch_ids))
    return await rank_sources(work, [first, *(one for one in complained if one.batch_ids)])
