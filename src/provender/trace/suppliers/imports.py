"""How a file of suppliers is read."""

from __future__ import annotations

from provender.kit.http.imports import Import, each, headings_of
from provender.trace.suppliers import actions, reads
from provender.trace.suppliers.payloads import SupplierInput

SUPPLIER_IMPORT = Import(headings_of(SupplierInput, reads.SUPPLIER_EXPORT), SupplierInput, each(actions.add_supplier))
