"""Verbs that change products."""

from __future__ import annotations

from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit.db import Work, refusing
from provender.kit.errors import NotFound
from provender.kit.http.errors import VersionStale
from provender.kit.sentences import tell
from provender.trace.materials.errors import MaterialCodeTaken
from provender.trace.materials.model import BaseUnit, MaterialKind
from provender.trace.materials.public import MaterialInput, add_material
from provender.trace.products import store
from provender.trace.products.errors import REFUSALS, ProductMaterialWrong, ProductSkuTaken
from provender.trace.products.payloads import ProductInput

NO_PRODUCT = "There is no such product."
LONGEST_CODE = 40
"""Characters of a material's code; a SKU may be longer."""


async def add_product(work: Work, product: ProductInput) -> UUID:
    """Add a product; managers do. When it names no material, its finished one is made with it.

    Raises:
        ProductSkuTaken: another product has this SKU; alike for the GTIN and the material.
        ProductMaterialWrong: the material is not a finished one in pieces, or one cannot be made.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    if await store.is_sku_taken(work, product.sku):
        raise ProductSkuTaken
    if product.material_id is None:
        material_id = await _make_material(work, product)
    else:
        material_id = product.material_id
        await _require_finished(work, material_id)
    with refusing(REFUSALS):
        return await store.insert_product(work, {**product.model_dump(), "material_id": material_id})


async def replace_product(work: Work, product_id: UUID, version: int, product: ProductInput) -> None:
    """Replace a product as it was read.

    Raises:
        VersionStale: somebody changed it in between.
        NotFound: it is not there.
        ProductSkuTaken: another product has this SKU; alike for the GTIN.
        ProductFrozen: it names another material than it has.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if await store.update_product(work, product_id, version, product.model_dump()):
            return
    if await store.select_product(work, product_id) is None:
        raise NotFound(NO_PRODUCT)
    raise VersionStale


async def archive_product(work: Work, product_id: UUID, *, is_archived: bool) -> None:
    """Retire a product, or bring it back; the records that name it stay.

    Raises:
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    if not await store.archive_product(work, product_id, is_archived=is_archived):
        raise NotFound(NO_PRODUCT)


async def remove_product(work: Work, product_id: UUID) -> None:
    """Delete a product that was never used.

    Raises:
        ProductInUse: batches, orders or complaints point to it.
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if not await store.delete_product(work, product_id):
            raise NotFound(NO_PRODUCT)


async def _make_material(work: Work, product: ProductInput) -> UUID:
    code = product.sku[:LONGEST_CODE].strip()
    material = MaterialInput(code=code, name=product.name, kind=MaterialKind.FINISHED, base_unit=BaseUnit.PIECE)
    try:
        return await add_material(work, material)
    except MaterialCodeTaken as refusal:
        raise ProductMaterialWrong(
            tell("There is a material with the code %(code)s already.", code=code),
            hint="Choose that material if it is this product, or another SKU.",
            field="sku",
        ) from refusal


async def _require_finished(work: Work, material_id: UUID) -> None:
    material = await store.select_material_shape(work, material_id)
    if material is None:
        raise ProductMaterialWrong(
            "There is no such material.", hint="Leave it out, and one is made.", field="material_id"
        )
    if (material.kind, material.base_unit) != (MaterialKind.FINISHED, BaseUnit.PIECE):
        raise ProductMaterialWrong(
            "This material is not a finished one that is counted in pieces.",
            hint="Leave it out, and one is made.",
            field="material_id",
        )
