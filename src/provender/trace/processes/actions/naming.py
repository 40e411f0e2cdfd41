"""Which batches the lines of a process mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from provender.kit.clock import today
from provender.kit.db import Work
from provender.trace.batches.errors import BatchUnknown
from provender.trace.batches.model import BatchMatch, LockedBatch
from provender.trace.batches.public import choose_match, match_batches, read_scanned_code
from provender.trace.processes.payloads import BatchReference, ProcessInput


@dataclass(frozen=True)
class NamedBatches:
    """The batches of a process's lines, in the order of the lines; None: an output that makes a new one."""

    inputs: Sequence[UUID]
    outputs: Sequence[UUID | None]

    @property
    def ids(self) -> list[UUID]:
        """Each batch once."""
        return list({batch_id for batch_id in (*self.inputs, *self.outputs) if batch_id is not None})

    def require(self, stock: Mapping[UUID, LockedBatch]) -> None:
        """Refuse the first line whose batch is not ours.

        Raises:
            BatchUnknown: names the line.
        """
        for side, ids in (("inputs", self.inputs), ("outputs", self.outputs)):
            for place, batch_id in enumerate(ids):
                if batch_id is not None and batch_id not in stock:
                    raise BatchUnknown(
                        "There is no such batch.", hint="Choose one of your batches.", field=f"{side}.{place}.batch_id"
                    )


async def name_batches(work: Work, process: ProcessInput) -> NamedBatches:
    """Return the batch that each line means, by id or by code.

    Raises:
        BatchUnknown: no batch has the code.
        BatchAmbiguous: several have it.
    """
    references: list[BatchReference] = [*process.inputs, *process.outputs]
    codes = {_code_of(line.batch_code) for line in references if line.batch_code and line.batch_id is None}
    matches = await match_batches(work, sorted(codes)) if codes else []
    return NamedBatches(
        [_require_named(line, matches, f"inputs.{place}") for place, line in enumerate(process.inputs)],
        [_named(line, matches, f"outputs.{place}") for place, line in enumerate(process.outputs)],
    )


def _code_of(scanned: str) -> str:
    return read_scanned_code(scanned, today=today("UTC"))


def _named(line: BatchReference, matches: Sequence[BatchMatch], place: str) -> UUID | None:
    if line.batch_id is not None or line.batch_code is None:
        return line.batch_id
    code = _code_of(line.batch_code)
    fitting = [
        match
        for match in matches
        if match.wanted == code and (line.material_id is None or match.material_id == line.material_id)
    ]
    return choose_match(code, fitting, field=f"{place}.batch_code")


def _require_named(line: BatchReference, matches: Sequence[BatchMatch], place: str) -> UUID:
    batch_id = _named(line, matches, place)
    if batch_id is None:
        raise BatchUnknown("The line names no batch.", hint="Give its code.", field=f"{place}.batch_code")
    return batch_id
