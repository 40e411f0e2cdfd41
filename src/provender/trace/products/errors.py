"""How products refuse."""

from __future__ import annotations

from provender.kit.errors import Refusal, Refusing


class ProductSkuTaken(Refusal):
    """Two products of one organisation cannot have the same sku: an order would not say which is meant."""

    code = "product.sku_taken"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "There is a product with this SKU already.", hint="Choose another SKU, or use that product.", field="sku"
        )


class ProductInUse(Refusal):
    """Other records point to the product: deleting it would break a trace."""

    code = "product.in_use"
    status = 409


class ProductGtinTaken(Refusal):
    """Two products cannot have the same GTIN: a scan would not say which is meant."""

    code = "product.gtin_taken"
    status = 409


class ProductMaterialTaken(Refusal):
    """A finished material is sold as one product only."""

    code = "product.material_taken"
    status = 409


class ProductMaterialWrong(Refusal):
    """The material of a product is a finished one, and ours."""

    code = "product.material_wrong"
    status = 422


class ProductFrozen(Refusal):
    """A product keeps its material: every batch of it depends on it."""

    code = "product.frozen"
    status = 409


REFUSALS: Refusing = {
    "product_sku_unique": lambda _: ProductSkuTaken(),
    "product_gtin_unique": lambda _: ProductGtinTaken(
        "There is a product with this GTIN already.", hint="Each product has a GTIN of its own.", field="gtin"
    ),
    "product_material_unique": lambda _: ProductMaterialTaken(
        "This material is sold as another product already.",
        hint="Choose another material, or leave it out and one is made.",
        field="material_id",
    ),
    "product_frozen": lambda _: ProductFrozen(
        "The material of a product cannot be changed.", hint="Add another product.", field="material_id"
    ),
    "batch_product_fkey": lambda _: ProductInUse("Batches are this product.", hint="Archive the product instead."),
    "order_line_product_fkey": lambda _: ProductInUse("Orders name this product.", hint="Archive the product instead."),
    "complaint_product_fkey": lambda _: ProductInUse(
        "Complaints name this product.", hint="Archive the product instead."
    ),
}
