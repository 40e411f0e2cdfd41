"""What a person entered into the form of a process, as the process it describes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from provender.kit.errors import FieldRefusal, InvalidInput, Refusal
from provender.kit.http.forms import parse
from provender.trace.processes.errors import LineIncomplete
from provender.trace.processes.model import ProcessKind
from provender.trace.processes.pages.shapes import SHAPE_BY_KIND, Asked
from provender.trace.processes.payloads import CountInput, ProcessInput

LINE_FIELD: Final = re.compile(r"(inputs|outputs)-([0-9]{1,4})-([a-z_]+)")
HEADER: Final = ("equipment", "note", "gain_reason")
SAYS_SOMETHING: Final = frozenset({"batch_code", "quantity", "code"})
"""Fields that make a line count; the others have a choice made for them already."""
Values = dict[str, object]


@dataclass
class Submission:
    """A form of a process.

    Attributes:
        places: For each side, the index in the form of each line that counts.
    """

    kind: ProcessKind
    flat: Mapping[str, object]
    zone: str
    places: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    def process(self) -> ProcessInput:
        """Return the process.

        Raises:
            InvalidInput: names every field that cannot be read; also a LineIncomplete or another Refusal of a line.
        """
        values: Values = {name: self.flat[name] for name in HEADER if self.flat.get(name)}
        values |= {"kind": self.kind, "inputs": self._inputs(), "outputs": self._outputs(), **self._times()}
        if self.flat.get("direction") == "more" and self._asked is Asked.DIFFERENCE:
            values |= {"inputs": [], "outputs": values["inputs"]}
        return parse(ProcessInput, values)

    def count(self) -> CountInput:
        """Return what was counted.

        Raises:
            InvalidInput: names every field that cannot be read.
        """
        wanted = {name: self.flat.get(f"inputs-0-{name}") or None for name in ("quantity", "unit")}
        note = self.flat.get("note") or None
        return parse(CountInput, {**wanted, "note": note, "finished_at": self._times().get("finished_at")})

    def relocate(self, refusal: Refusal) -> InvalidInput:
        """Return a refusal with the fields named as in the form."""
        fields = tuple(FieldRefusal(self._place_of(fault.field), fault.sentence) for fault in refusal.fields)
        return InvalidInput(refusal.sentence, hint=refusal.hint, fields=fields)

    @property
    def _asked(self) -> Asked:
        return SHAPE_BY_KIND[self.kind].asked

    def _place_of(self, name: str) -> str:
        side, _, rest = name.partition(".")
        number, _, column = rest.partition(".")
        if not number.isdecimal():
            return f"inputs.0.{name}" if self._asked is Asked.COUNTED and name in {"quantity", "unit"} else name
        if self._asked is Asked.DIFFERENCE:
            side = "inputs"
        known = self.places.get(side, [])
        index = known[int(number)] if int(number) < len(known) else int(number)
        return f"{side}.{index}.{column or 'quantity'}"

    def _inputs(self) -> Sequence[Values]:
        lines: list[Values] = []
        for index, line in self._lines("inputs"):
            if "batch_code" not in line:
                raise LineIncomplete(
                    "Say which batch.", hint="Scan or type its code.", field=f"inputs.{index}.batch_code"
                )
            if "quantity" not in line and self._asked is not Asked.DIFFERENCE:
                line.pop("unit", None)
                line["takes_all"] = True
            lines.append(line)
        return lines

    def _outputs(self) -> Sequence[Values]:
        asked = self._asked
        lines = [line for _, line in self._lines("outputs")]
        return [{**line, "proposes_best_before": True} for line in lines] if asked is Asked.PRODUCT else lines

    def _lines(self, side: str) -> list[tuple[int, Values]]:
        found: dict[int, Values] = {}
        for name, value in self.flat.items():
            at = LINE_FIELD.fullmatch(name)
            if at and at[1] == side and value not in {"", None}:
                found.setdefault(int(at[2]), {})[at[3]] = value
        counted = [(index, found[index]) for index in sorted(found) if SAYS_SOMETHING & found[index].keys()]
        if not counted and found:
            counted = [(min(found), found[min(found)])]
        self.places[side] = [index for index, _ in counted]
        return counted

    def _times(self) -> Values:
        return {name: self._moment(name) for name in ("started_at", "finished_at") if self.flat.get(name)}

    def _moment(self, name: str) -> datetime:
        try:
            return datetime.fromisoformat(str(self.flat[name])).replace(tzinfo=ZoneInfo(self.zone))
        except ValueError as error:
            raise InvalidInput("This is not a date and time.", hint="Choose day and time.", field=name) from error
