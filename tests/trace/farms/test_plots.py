"""REST of plots, and what keeps farms and plots from being deleted."""

from __future__ import annotations

from uuid import UUID

from provender.kit.db import Statement, Work
from provender.trace.farms.payloads import PlotList, SurveyedPlot
from tests.maker import Maker

MISSING = "01890a5d-ac96-774b-bcce-b302099a8057"
CORNERS = [
    [-69.200001, 18.7],
    [-69.199, 18.700001],
    [-69.199, 18.701],
    [-69.200001, 18.701],
    [-69.200001, 18.7],
]
OUTLINE = {"type": "Polygon", "coordinates": [CORNERS]}
PLOT = {"name": "Upper hill", "geometry": OUTLINE, "area_ha": 1.17}


def add_farm(maker: Maker, name: str = "Finca Elvesia") -> str:
    added = maker.post("/api/trace/farms", {"name": name, "country": "DO"})
    assert added.status_code == 201, added.text
    return added.headers["location"]


def add_plot(maker: Maker, farm: str, **changes: object) -> str:
    added = maker.post(f"{farm}/plots", {**PLOT, **changes})
    assert added.status_code == 201, added.text
    return added.headers["location"]


def add_batch(maker: Maker, code: str, *, farm: str | None = None, plot: str | None = None) -> None:
    """Store a batch of a farm, with harvest of a plot, below the rules of processes."""

    async def store(work: Work) -> None:
        row = await work.fetch_row(
            Statement(
                b"WITH beans AS (INSERT INTO trace.material (organisation_id, code, name, kind, base_unit)"
                b" VALUES (%(organisation_id)s, %(code)s, 'Beans', 'bean', 'g') RETURNING id)"
                b" INSERT INTO trace.batch (organisation_id, material_id, farm_id, code, made_on, unit_mass_g)"
                b" SELECT %(organisation_id)s, id, %(farm_id)s, %(code)s, '2026-09-01', 1 FROM beans RETURNING id"
            ),
            {"code": code, "farm_id": farm and UUID(farm[-36:])},
        )
        assert row is not None
        if plot:
            await work.execute(
                b"INSERT INTO trace.batch_origin (organisation_id, batch_id, plot_id, farm_id)"
                b" SELECT organisation_id, %(batch_id)s, id, farm_id FROM trace.plot WHERE id = %(plot_id)s",
                {"batch_id": row[0], "plot_id": UUID(plot[-36:])},
            )

    maker.run(store)


def test_a_plot_is_answered_with_its_computed_area_and_what_could_be_better(maker: Maker) -> None:
    farm = add_farm(maker)

    good = maker.get(add_plot(maker, farm)).json()
    poor = maker.get(add_plot(maker, farm, name="Valley", area_ha=2, geometry=None)).json()

    SurveyedPlot.model_validate(good)
    assert good["geometry"] == OUTLINE
    assert good["computed_area_ha"] == 1.1717
    assert good["advice"] == []
    assert poor["computed_area_ha"] is None
    assert poor["advice"] == ["geometry_missing"]
    assert maker.get(farm).json()["plot_count"] == 2
    PlotList.model_validate(maker.get(f"{farm}/plots").json())


def test_a_farm_without_plots_answers_an_empty_list_and_no_farm_answers_404(maker: Maker, other_maker: Maker) -> None:
    farm = add_farm(maker)

    assert maker.get(f"{farm}/plots").json() == {"items": [], "next": None}
    for caller, place in ((maker, f"/api/trace/farms/{MISSING}"), (other_maker, farm)):
        assert caller.get(f"{place}/plots").status_code == 404
        assert caller.post(f"{place}/plots", PLOT).status_code == 404


def test_plots_are_paged_by_name_and_cost_two_statements(maker: Maker) -> None:
    farm = add_farm(maker)
    for number in (3, 1, 2):
        add_plot(maker, farm, name=f"Plot {number}")
    before = maker.statements()

    first = maker.get(f"{farm}/plots?limit=2").json()

    assert maker.statements() - before == 2
    second = maker.get(first["next"]).json()
    assert [plot["name"] for plot in first["items"] + second["items"]] == ["Plot 1", "Plot 2", "Plot 3"]
    assert second["next"] is None


def test_an_impossible_plot_is_refused_by_its_field_and_nothing_is_stored(maker: Maker) -> None:
    farm = add_farm(maker)
    point = {"type": "Point", "coordinates": [-69.123456, 18.123456]}
    crossed = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}

    refused = [
        maker.post(f"{farm}/plots", {**PLOT, **changes})
        for changes in ({"geometry": crossed}, {"geometry": point, "area_ha": 4.5}, {"geometry": {"type": "Line"}})
    ]
    wrong_area = maker.post(f"{farm}/plots", {**PLOT, "area_ha": -1})

    assert [answer.json()["code"] for answer in refused] == [
        "plot.geometry_invalid",
        "plot.polygon_required",
        "plot.geometry_invalid",
    ]
    assert {answer.json()["errors"][0]["field"] for answer in refused} == {"geometry"}
    assert wrong_area.json()["errors"][0]["field"] == "area_ha"
    assert maker.get(f"{farm}/plots").json()["items"] == []


def test_a_plot_is_replaced_archived_and_restored_and_keeps_its_farm(maker: Maker) -> None:
    plot = add_plot(maker, add_farm(maker))

    replaced = maker.put(plot, {**PLOT, "name": "Lower hill", "geometry": None, "area_ha": None}, version=1)
    stale = maker.put(plot, PLOT, version=1)

    assert (replaced.status_code, stale.status_code) == (200, 412)
    assert replaced.json()["name"] == "Lower hill"
    assert replaced.json()["area_ha"] is None
    assert maker.post(f"{plot}/archive").json()["archived_at"] is not None
    assert maker.post(f"{plot}/restore").json()["archived_at"] is None


def test_a_plot_of_another_tenant_is_as_one_that_does_not_exist(maker: Maker, other_maker: Maker) -> None:
    plot, missing = add_plot(maker, add_farm(maker)), f"/api/trace/plots/{MISSING}"

    for method, path_end in (("GET", ""), ("DELETE", ""), ("POST", "/archive"), ("POST", "/restore")):
        foreign, absent = (other_maker.send(method, place + path_end) for place in (plot, missing))
        assert foreign.status_code == absent.status_code == 404
        assert {**foreign.json(), "instance": ""} == {**absent.json(), "instance": ""}
    assert other_maker.put(plot, PLOT, version=1).status_code == 404


def test_two_farms_may_have_plots_of_one_name_and_one_farm_may_not(maker: Maker) -> None:
    first, second = add_farm(maker), add_farm(maker, "Other")
    add_plot(maker, first)
    add_plot(maker, second)

    assert maker.post(f"{first}/plots", PLOT).json()["code"] == "plot.name_taken"


def test_a_farm_or_plot_in_use_is_not_deleted_and_says_the_way_out(maker: Maker) -> None:
    farm, named = add_farm(maker), add_farm(maker, "Named")
    plot, unused = add_plot(maker, farm), add_plot(maker, farm, name="Unused")
    add_batch(maker, "B1", plot=plot)
    add_batch(maker, "B2", farm=named)

    for address in (farm, named, plot):
        refused = maker.delete(address)
        assert refused.status_code == 409
        assert "Archive" in refused.json()["hint"]
    assert maker.delete(unused).status_code == 204


def test_a_batch_counts_once_for_a_farm_it_names_and_for_farms_whose_harvest_it_holds(maker: Maker) -> None:
    farm, other = add_farm(maker), add_farm(maker, "Other")
    upper, lower = add_plot(maker, farm), add_plot(maker, farm, name="Lower")
    add_batch(maker, "B1", farm=farm, plot=upper)
    add_batch(maker, "B2", farm=other, plot=lower)
    add_batch(maker, "B3", plot=lower)
    add_batch(maker, "B4", farm=other)

    counts = {item["name"]: item["batch_count"] for item in maker.get("/api/trace/farms").json()["items"]}

    assert counts == {"Finca Elvesia": 3, "Other": 2}
    assert maker.get(farm).json()["batch_count"] == 3
