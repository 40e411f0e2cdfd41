"""How suppliers refuse."""

from __future__ import annotations

from provender.kit.errors import Refusal, Refusing


class SupplierNameTaken(Refusal):
    """Two suppliers of one organisation cannot have the same name: nobody could tell their deliveries apart."""

    code = "supplier.name_taken"
    status = 409


class SupplierInUse(Refusal):
    """Other records point to the supplier: deleting it would break a trace."""

    code = "supplier.in_use"
    status = 409


REFUSALS: Refusing = {
    "supplier_name_unique": lambda _: SupplierNameTaken(
        "There is a supplier with this name already.", hint="Choose another name, or use that supplier.", field="name"
    ),
    "batch_supplier_fkey": lambda _: SupplierInUse(
        "Batches came from this supplier.", hint="Archive the supplier instead."
    ),
}
