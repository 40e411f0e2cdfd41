"""How materials refuse."""

from __future__ import annotations

from provender.kit.errors import Refusal, Refusing
from provender.kit.sentences import hear


class MaterialCodeTaken(Refusal):
    """Two materials of one organisation cannot have the same code: nobody could tell their batches apart."""

    code = "material.code_taken"
    status = 409


class MaterialInUse(Refusal):
    """Other records point to the material: deleting it would break a trace."""

    code = "material.in_use"
    status = 409


class MaterialFrozen(Refusal):
    """Kind and base unit stay: every quantity ever recorded depends on them."""

    code = "material.frozen"
    status = 409


REFUSALS: Refusing = {
    "material_code_unique": lambda _: MaterialCodeTaken(
        "There is a material with this code already.", hint="Choose another code, or use that material.", field="code"
    ),
    "material_frozen": lambda message: MaterialFrozen(
        hear(f"{message.replace('_', ' ')}.", "The %(field)s of a material cannot be changed.", words=("field",)),
        hint="Add another material, and archive this one.",
    ),
    "batch_material_fkey": lambda _: MaterialInUse("Batches consist of this material.", hint="Archive it instead."),
    "product_material_fkey": lambda _: MaterialInUse("A product is this material.", hint="Archive both instead."),
}
