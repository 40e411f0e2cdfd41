"""How a file of products is read."""

from __future__ import annotations

from provender.kit.http.imports import Import, each, headings_of
from provender.trace.products import actions, reads
from provender.trace.products.payloads import ProductInput

PRODUCT_IMPORT = Import(
    headings_of(ProductInput, reads.PRODUCT_EXPORT, numbers=("net_mass_g",)), ProductInput, each(actions.add_product)
)
