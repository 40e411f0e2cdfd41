"""What a form shows: the values to put back into its fields and what is wrong with them.

Pages make a `Form`, the macros of ui/forms.html read it. Checking input belongs to payloads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from provender.kit.errors import Refusal


@dataclass(frozen=True)
class Form:
    """Values and errors of one form, by field name.

    Attributes:
        values: What each field shows, as text as the browser sent it or would send it.
        errors: One sentence per field that is wrong; repeated lines use names like lines-0-mass.
        sentence: What happened as a whole, when the form was refused.
        hint: The way out, when it is known.
        key: Prefix of the element ids, needed only when one page shows several forms.
    """

    values: Mapping[str, object] = field(default_factory=dict[str, object])
    errors: Mapping[str, str] = field(default_factory=dict[str, str])
    sentence: str = ""
    hint: str = ""
    key: str = ""

    @classmethod
    def refused(cls, values: Mapping[str, object], refusal: Refusal) -> Form:
        """Return the form as it was sent, with what the refusal says beside each field."""
        errors = {refused.field.replace(".", "-"): refused.sentence for refused in refusal.fields}
        return cls(values, errors, refusal.sentence, refusal.hint or "")

    def value(self, name: str) -> str:
        """Return what a field shows; empty when nothing was given."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def error(self, name: str) -> str:
        """Return the sentence about a field; empty when nothing is wrong with it."""
        return self.errors.get(name, "")

    def holds(self, name: str, value: object) -> bool:
        """Tell whether a choice is the chosen one; fields with several choices hold a list or tuple."""
        held = self.values.get(name)
        if isinstance(held, (list, tuple)):
            chosen = cast("Sequence[object]", held)
            return str(value) in {str(one) for one in chosen}
        return held is not None and str(held) == str(value)

    def count_lines(self, name: str, least: int) -> int:
        """Return how many repeated lines to show: those that were sent, and never below `least`."""
        prefix = f"{name}-"
        sent = [key.removeprefix(prefix).partition("-")[0] for key in self.values if key.startswith(prefix)]
        return max([least, *(int(index) + 1 for index in sent if index.isdecimal())])

    def id_of(self, name: str) -> str:
        """Return the element id of a field, to which labels and error links point."""
        return f"field-{self.key}{name}"

    @property
    def has_errors(self) -> bool:
        """Whether anything was refused."""
        return bool(self.errors or self.sentence)
