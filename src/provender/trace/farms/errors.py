"""How farms and plots refuse."""

from __future__ import annotations

from provender.kit.errors import Refusal, Refusing


class FarmNameTaken(Refusal):
    """Two farms of one organisation cannot have the same name: nobody could tell their batches apart."""

    code = "farm.name_taken"
    status = 409


class FarmInUse(Refusal):
    """Batches or plots point to the farm: deleting it would shorten a recall."""

    code = "farm.in_use"
    status = 409


class PlotNameTaken(Refusal):
    """Two plots of one farm cannot have the same name."""

    code = "plot.name_taken"
    status = 409


class PlotInUse(Refusal):
    """A batch holds harvest of the plot: it is evidence of origin."""

    code = "plot.in_use"
    status = 409


class GeometryInvalid(Refusal):
    """The geometry is not one point, polygon or multipolygon on the globe, or its outline is impossible."""

    code = "plot.geometry_invalid"
    status = 422

    def __init__(self, sentence: str, *, hint: str) -> None:
        super().__init__(sentence, hint=hint, field="geometry")


class PolygonRequired(Refusal):
    """A plot above four hectares is described by its outline (EUDR)."""

    code = "plot.polygon_required"
    status = 422

    def __init__(self, sentence: str, *, hint: str) -> None:
        super().__init__(sentence, hint=hint, field="geometry")


REFUSALS: Refusing = {
    "farm_name_unique": lambda _: FarmNameTaken(
        "There is a farm with this name already.", hint="Choose another name, or use that farm.", field="name"
    ),
    "plot_farm_fkey": lambda _: FarmInUse("This farm has plots.", hint="Archive the farm instead."),
    "batch_farm_fkey": lambda _: FarmInUse("Batches came from this farm.", hint="Archive the farm instead."),
    "plot_name_unique": lambda _: PlotNameTaken(
        "This farm has a plot with this name already.", hint="Choose another name.", field="name"
    ),
    "batch_origin_plot_fkey": lambda _: PlotInUse(
        "Batches hold harvest of this plot.", hint="Archive the plot instead."
    ),
}
