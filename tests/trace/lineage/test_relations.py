"""Relations by URL: each edge case of the JOINs, and what each answers when there is nothing."""

from __future__ import annotations

import pytest

from provender.kit.ids import new_id
from provender.trace.lineage import payloads
from tests.maker import Maker
from tests.trace.world import World


@pytest.fixture
def world(maker: Maker) -> World:
    """Two farms, beans blended into one bar batch B1, a second bar batch B2 that was never sold."""
    world = World(maker)
    world.farm("Elvesia", "DO")
    world.farm("Kokoa Kamili", "TZ")
    world.product("Dark 70")
    world.receive("H1", "beans", 10_000, farm="Elvesia")
    world.receive("H2", "beans", 10_000, farm="Kokoa Kamili")
    world.receive("SUGAR", "sugar", 10_000)
    world.batch("M1", "mass")
    world.process("grind", {"H1": 4000, "H2": 4000, "SUGAR": 2000}, {"M1": 9500})
    world.batch("B1", "Dark 70")
    world.batch("B2", "Dark 70")
    world.process("mould", {"M1": 9000}, {"B1": 100, "B2": 50})
    return world


def numbers(world: World, path: str) -> list[str]:
    """Return the order numbers that a relation answers."""
    answer = world.maker.get(f"/api/trace{path}")
    assert answer.status_code == 200, answer.text
    return [order["number"] for order in payloads.OrderList.model_validate(answer.json()).model_dump()["items"]]


def test_a_batch_with_no_orders_answers_an_empty_list_and_an_unknown_batch_404(world: World) -> None:
    assert numbers(world, f"/batches/{world.batches['B2']}/orders") == []
    assert world.maker.get(f"/api/trace/batches/{new_id()}/orders").status_code == 404
    assert world.maker.get("/api/trace/batches/B2/orders").status_code == 404


def test_a_batch_with_only_cancelled_orders_has_none_until_the_list_is_widened(world: World) -> None:
    world.order("O1", "Isartor", [("Dark 70", 10)])
    world.allocate("O1", "B1", 10)
    world.move("O1", "cancelled")
    path = f"/batches/{world.batches['B1']}/orders"

    assert numbers(world, path) == []
    assert numbers(world, f"{path}?state=all") == ["O1"]
    assert numbers(world, f"{path}?state=cancelled") == ["O1"]
    assert numbers(world, f"{path}?state=shipped,delivered") == []


def test_an_order_that_touches_a_batch_through_two_lines_is_one_order_with_the_sum(world: World) -> None:
    world.order("O1", "Isartor", [("Dark 70", 10), ("Dark 70", 5)])
    world.ship("O1", [("B1", 10)])
    world.ship("O1", [("B1", 5)], name="second", line=1)

    items = world.maker.get(f"/api/trace/batches/{world.batches['B1']}/orders").json()["items"]

    assert [(order["number"], order["shipped_quantity"]) for order in items] == [("O1", 15)]


def test_shipped_and_allocated_pieces_do_not_multiply_each_other(world: World) -> None:
    world.order("O1", "Isartor", [("Dark 70", 60)])
    world.ship("O1", [("B1", 10)], name="first")
    world.ship("O1", [("B1", 20)], name="second")
    world.allocate("O1", "B1", 3)
    world.allocate("O1", "B1", 4)

    order = world.maker.get(f"/api/trace/batches/{world.batches['B1']}/orders").json()["items"][0]
    customer = world.maker.get(f"/api/trace/batches/{world.batches['B1']}/customers").json()["items"][0]

    assert (order["shipped_quantity"], order["allocated_quantity"]) == (30, 7)
    assert (customer["order_count"], customer["shipped_quantity"], customer["allocated_quantity"]) == (1, 30, 7)


def test_orders_of_what_was_made_from_a_batch_count_unless_only_direct_ones_are_wanted(world: World) -> None:
    world.order("O1", "Isartor", [("Dark 70", 10)])
    world.ship("O1", [("B1", 10)])
    path = f"/batches/{world.batches['H1']}/orders"

    assert numbers(world, path) == ["O1"]
    assert numbers(world, f"{path}?via=direct") == []
    assert numbers(world, f"/batches/{world.batches['B1']}/orders?via=direct") == ["O1"]


def test_pieces_without_batch_never_hide_other_batches_and_are_listed_as_unknown(world: World) -> None:
    world.order("O1", "Isartor", [("Dark 70", 10)])
    world.ship("O1", [("B1", 6), (None, 4)])

    batches = world.maker.get(f"/api/trace/orders/{world.orders['O1']}/batches").json()
    farms = world.maker.get(f"/api/trace/orders/{world.orders['O1']}/farms").json()
    unsold = world.maker.get(f"/api/trace/products/{world.products['Dark 70']}/batches").json()["items"]

    payloads.OrderBatchList.model_validate(batches)
    payloads.OrderFarmList.model_validate(farms)
    assert [(item["code"], item["is_unknown"], item["shipped_quantity"]) for item in batches["items"]] == [
        ("B1", False, 6),
        (None, True, 4),
    ]
    assert batches["unknown_batch_quantity"] == farms["unknown_batch_quantity"] == 4
    assert [farm["name"] for farm in farms["items"]] == ["Elvesia", "Kokoa Kamili"]
    assert {batch["code"]: batch["order_count"] for batch in unsold} == {"B1": 1, "B2": 0}


def test_a_farm_reaches_the_union_of_its_batches_and_a_farm_without_batches_nothing(world: World) -> None:
    world.farm("Never delivered")
    world.receive("H3", "beans", 500, farm="Elvesia")
    world.order("O1", "Isartor", [("Dark 70", 10)])
    world.ship("O1", [("B1", 10)])
    farm, idle = world.farms["Elvesia"], world.farms["Never delivered"]

    batches = world.maker.get(f"/api/trace/farms/{farm}/batches").json()
    customers = world.maker.get(f"/api/trace/farms/{farm}/customers").json()

    payloads.BatchList.model_validate(batches)
    payloads.CustomerList.model_validate(customers)
    assert {batch["code"] for batch in batches["items"]} == {"H1", "H3"}
    assert numbers(world, f"/farms/{farm}/orders") == ["O1"]
    assert [customer["name"] for customer in customers["items"]] == ["Isartor"]
    for relation in ("batches", "orders", "customers"):
        assert world.maker.get(f"/api/trace/farms/{idle}/{relation}").json() == {"items": [], "next": None}
        assert world.maker.get(f"/api/trace/farms/{new_id()}/{relation}").status_code == 404


def test_the_products_and_farms_of_a_batch_are_found_through_every_process(world: World) -> None:
    products = world.maker.get(f"/api/trace/batches/{world.batches['SUGAR']}/products").json()
    farms = world.maker.get(f"/api/trace/batches/{world.batches['B1']}/farms").json()

    payloads.ProductList.model_validate(products)
    payloads.FarmList.model_validate(farms)
    assert [(product["name"], product["batch_count"]) for product in products["items"]] == [("Dark 70", 2)]
    assert [(farm["name"], farm["batch_codes"]) for farm in farms["items"]] == [
        ("Elvesia", ["H1"]),
        ("Kokoa Kamili", ["H2"]),
    ]
    assert world.maker.get(f"/api/trace/batches/{world.batches['SUGAR']}/farms").json()["items"] == []


def test_a_reversed_process_leads_nowhere(world: World) -> None:
    world.receive("H9", "beans", 1000, farm="Elvesia")
    world.batch("M9", "mass")
    mistake = world.process("grind", {"H9": 500}, {"M9": 500})
    world.reverse(mistake)

    graph = world.maker.get(f"/api/trace/batches/{world.batches['H9']}/trace?direction=forward").json()

    assert {node["label"] for node in graph["nodes"]} == {"H9"}


def test_cycles_end_and_each_batch_appears_once(world: World) -> None:
    world.receive("TANK", "mass", 1000)
    world.batch("LOOP", "mass")
    world.process("rework", {"TANK": 500}, {"LOOP": 500})
    world.process("rework", {"LOOP": 200}, {"TANK": 200})

    graph = world.maker.get(f"/api/trace/batches/{world.batches['TANK']}/trace").json()

    batches = [node["label"] for node in graph["nodes"] if node["kind"] == "batch"]
    assert sorted(batches) == ["LOOP", "TANK"]


def test_the_graph_goes_back_to_farms_and_forward_to_customers_with_quantities(world: World) -> None:
    world.order("O1", "Isartor", [("Dark 70", 10)])
    world.ship("O1", [("B1", 6)])
    world.allocate("O1", "B1", 4)
    address = f"/api/trace/batches/{world.batches['M1']}/trace"

    answer = world.maker.get(address)
    graph = payloads.Graph.model_validate(answer.json())
    back = world.maker.get(f"{address}?direction=back").json()
    bare = world.maker.get(f"{address}?direction=forward&orders=false").json()

    name = {node.id: node.label for node in graph.nodes}
    edges = {(name[edge.source_id], name[edge.target_id]): edge.quantity for edge in graph.edges}
    assert edges["H1", "grind"] == 4000
    assert edges["grind", "M1"] == 9500
    assert edges["mould", "B1"] == 100
    assert edges["B1", "O1"] == edges["O1", "Isartor"] == 10
    assert ("Elvesia", "H1") in edges
    assert {node["kind"] for node in back["nodes"]} == {"batch", "process", "farm"}
    assert {node["kind"] for node in bare["nodes"]} == {"batch", "process"}


def test_relations_are_paged_without_loss(world: World) -> None:
    for number in range(5):
        world.order(f"O{number}", f"Shop {number}", [("Dark 70", 2)])
        world.ship(f"O{number}", [("B1", 2)])

    seen: list[str] = []
    address = f"/api/trace/batches/{world.batches['B1']}/orders?limit=2"
    while address:
        page = world.maker.get(address).json()
        seen += [order["number"] for order in page["items"]]
        address = page["next"]

    assert seen == [f"O{number}" for number in range(5)]


@pytest.mark.parametrize(
    "path",
    [
        "/batches/{batch}/orders",
        "/batches/{batch}/customers",
        "/batches/{batch}/products",
        "/batches/{batch}/farms",
        "/batches/{batch}/trace",
        "/farms/{farm}/batches",
        "/farms/{farm}/orders",
        "/farms/{farm}/customers",
        "/orders/{order}/batches",
        "/orders/{order}/farms",
        "/products/{product}/batches",
    ],
)
def test_a_relation_costs_two_statements_and_is_foreign_to_others(world: World, other_maker: Maker, path: str) -> None:
    world.order("O1", "Isartor", [("Dark 70", 10)])
    own = path.format(
        batch=world.batches["B1"],
        farm=world.farms["Elvesia"],
        order=world.orders["O1"],
        product=world.products["Dark 70"],
    )
    missing = path.format(batch=new_id(), farm=new_id(), order=new_id(), product=new_id())
    before = world.maker.statements()

    answer = world.maker.get(f"/api/trace{own}")

    assert answer.status_code == 200
    assert world.maker.statements() - before == 2
    foreign, absent = other_maker.get(f"/api/trace{own}"), other_maker.get(f"/api/trace{missing}")
    assert foreign.status_code == absent.status_code == 404
    assert {**foreign.json(), "instance": ""} == {**absent.json(), "instance": ""}
