"""Generated records: any tangle at all, and histories in which nothing is drawn that is not there."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from provender.trace.recall.model import Disposition, MaterialKind
from tests.trace.recall.records import Records

SOURCES = ("bean", "sugar", "butter")


@st.composite
def tangles(draw: st.DrawFn) -> Records:
    """Processes between a few batches at a few hours: loops, self-loops, ties, wrong hours."""
    records = Records()
    batch_ids = [f"b{number}" for number in range(draw(st.integers(2, 7)))]
    for batch_id in batch_ids:
        kind = draw(st.sampled_from([MaterialKind.FINISHED, MaterialKind.REWORK]))
        records.add_batch(batch_id, kind, material=f"{kind} material")
    some_batches = st.lists(st.sampled_from(batch_ids), max_size=3, unique=True)
    hours = st.integers(0, 12)
    for number in range(draw(st.integers(0, 10))):
        records.add_process(
            f"p{number}",
            dict.fromkeys(draw(some_batches), 1),
            dict.fromkeys(draw(some_batches), 1),
            hours=(draw(hours), draw(hours)),
            equipment=draw(st.sampled_from([None, "roaster", "conche"])),
        )
    for number in range(draw(st.integers(0, 6))):
        shipped_at = draw(st.none() | hours)
        batch_id = draw(st.none() | st.sampled_from(batch_ids))
        records.ship(f"l{number}", batch_id, 1, at=shipped_at)
        if draw(st.booleans()):
            records.take_back(
                f"r{number}",
                f"l{number}",
                1,
                into=draw(st.none() | st.sampled_from(batch_ids)),
                at=draw(hours),
                disposition=draw(st.sampled_from(list(Disposition))),
            )
    return records


@dataclass
class History:
    """Records in which every draw finds what it takes, and the order things happened in."""

    records: Records = field(default_factory=Records)
    left: dict[str, int] = field(default_factory=dict[str, int])
    batch_count: int = 0
    hour: int = 1

    def make(self, process_id: str, inputs: dict[str, int], outputs: dict[str, int]) -> None:
        for batch_id, grams in inputs.items():
            self.left[batch_id] -= grams
        for batch_id, grams in outputs.items():
            if batch_id not in self.left:
                self.records.add_batch(batch_id, material=f"material {len(self.left) % 3}")
            self.left[batch_id] = self.left.get(batch_id, 0) + grams
        self.hour += 2
        self.records.add_process(process_id, inputs, outputs, hours=(self.hour, self.hour + 1))

    def ship(self, line_id: str, batch_id: str, grams: int) -> None:
        self.left[batch_id] -= grams
        self.hour += 2
        self.records.ship(line_id, batch_id, grams, at=self.hour)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Blends, splits, top-ups of half-empty tanks, rework loops, losses and shipments."""
    history = History()
    for name in SOURCES:
        history.records.add_batch(name, MaterialKind.BEAN)
        history.records.receive(name, 1000)
        history.left[name] = 1000
    for number in range(draw(st.integers(1, 9))):
        present = sorted(batch_id for batch_id, grams in history.left.items() if grams > 0)
        chosen = draw(st.lists(st.sampled_from(present), min_size=1, max_size=3, unique=True))
        if draw(st.integers(0, 3)) == 0:
            history.ship(f"l{number}", chosen[0], draw(st.integers(1, history.left[chosen[0]])))
            continue
        inputs = {each: draw(st.integers(1, history.left[each])) for each in chosen}
        made = [each for each in present if each not in SOURCES and draw(st.booleans())][:1]
        made.append(f"made{number}")
        total = sum(inputs.values())
        portions = draw(st.lists(st.integers(1, 50), min_size=len(made), max_size=len(made)))
        yielded = draw(st.integers(1, max(1, total)))
        outputs = {
            each: max(1, yielded * portion // sum(portions)) for each, portion in zip(made, portions, strict=True)
        }
        if sum(outputs.values()) <= total:
            history.make(f"p{number}", inputs, outputs)
    return history
