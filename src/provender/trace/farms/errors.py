"""How farms refuse."""

from __future__ import annotations

from provender.kit.db.refusing import Refusing
from provender.kit.errors import Refusal


class FarmNameTaken(Refusal):
    """Two farms of one organisation cannot have the same name: nobody could tell their batches apart."""

    code = "farm.name_taken"
    status = 409


class FarmInUse(Refusal):
    """Batches or plots point to the farm: deleting it would shorten a recall."""

    code = "farm.in_use"
    status = 409


REFUSALS: Refusing = {
    "farm_name_unique": lambda _: FarmNameTaken(
        "There is a farm with this name already.", hint="Choose another name, or use that farm.", field="name"
    ),
    "plot_farm_fkey": lambda _: FarmInUse("This farm has plots.", hint="Archive the farm instead."),
    "batch_farm_fkey": lambda _: FarmInUse("Batches came from this farm.", hint="Archive the farm instead."),
}
