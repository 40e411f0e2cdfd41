"""The trace of a batch as a page and as files: what is drawn, folded, highlighted and linked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from provender.kit.ids import new_id
from provender.trace.lineage import pages, rules
from provender.trace.lineage.model import Folding, TracedEdge, TracedGraph, TracedNode
from tests.core.accounts.browser_session import sign_in
from tests.maker import Maker
from tests.trace.world import World

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def world(maker: Maker) -> World:
    """Beans of two farms become a mass, the mass two batches of bars, of which one is sold."""
    world = World(maker)
    world.farm("Elvesia", "DO")
    world.farm("Kokoa <Kamili>", "TZ")
    world.product("Dark 70")
    world.receive("H1", "beans", 10_000, farm="Elvesia")
    world.receive("H2", "beans", 10_000, farm="Kokoa <Kamili>")
    world.batch("M1", "mass")
    world.process("grind", {"H1": 4000, "H2": 4000}, {"M1": 7500})
    world.batch("B1", "Dark 70")
    world.batch("B2", "Dark 70")
    world.process("mould", {"M1": 7500}, {"B1": 100, "B2": 50})
    world.order("O1", "Isartor", [("Dark 70", 10)])
    world.ship("O1", [("B1", 6)])
    world.allocate("O1", "B1", 4)
    return world


def page_of(world: World, path: str) -> str:
    sign_in(world.maker.client, world.maker.emails["staff"])
    answer = world.maker.client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def drawn_in(page: str) -> dict[str, ElementTree.Element]:
    """Return the drawn nodes of a page by their first line."""
    svg = page[page.index('<svg class="drawing"') :]
    root = ElementTree.fromstring(svg[: svg.index("</svg>") + 6])  # noqa: S314  # our own page
    nodes = [node for node in root.iter() if "node" in (node.get("class") or "").split()]
    return {next(text.text or "" for text in node.iter("text")): node for node in nodes}


def test_the_drawing_goes_from_farms_to_customers_and_every_node_leads_to_its_page(world: World) -> None:
    nodes = drawn_in(page_of(world, f"/trace/batches/{world.batches['M1']}/trace"))

    assert set(nodes) == {"Elvesia", "Kokoa <Kamili>", "H1", "H2", "M1", "B1", "B2", "O1", "Isartor"}
    assert nodes["B1"].get("href") == f"/trace/batches/{world.batches['B1']}"
    assert nodes["Isartor"].get("href") == f"/trace/customers/{world.customers['Isartor']}"
    assert "is-selected" in (nodes["M1"].get("class") or "")
    places = {name: int(node.get("data-layer") or 0) for name, node in nodes.items()}
    assert places["Elvesia"] < places["H1"] < places["M1"] < places["B1"] < places["O1"] < places["Isartor"]


@pytest.mark.parametrize(
    ("direction", "names"),
    [
        ("back", {"Elvesia", "Kokoa <Kamili>", "H1", "H2", "M1"}),
        ("forward", {"M1", "B1", "B2", "O1", "Isartor"}),
    ],
)
def test_the_address_says_which_way_is_drawn(world: World, direction: str, names: set[str]) -> None:
    page = page_of(world, f"/trace/batches/{world.batches['M1']}/trace?direction={direction}")

    assert set(drawn_in(page)) == names


def test_what_is_not_on_the_path_of_the_chosen_node_is_faint(world: World) -> None:
    address = f"/trace/batches/{world.batches['M1']}/trace?node={world.batches['B2']}"

    nodes = drawn_in(page_of(world, address))

    faint = {name for name, node in nodes.items() if "is-dimmed" in (node.get("class") or "")}
    assert faint == {"B1", "O1", "Isartor"}
    assert "is-selected" in (nodes["B2"].get("class") or "")


def test_a_node_of_another_trace_is_not_chosen(world: World) -> None:
    nodes = drawn_in(page_of(world, f"/trace/batches/{world.batches['M1']}/trace?node={new_id()}"))

    assert not [name for name, node in nodes.items() if "is-dimmed" in (node.get("class") or "")]


def test_a_batch_on_hold_says_so_and_an_edge_says_the_process_and_what_came_out(world: World) -> None:
    world.maker.post(f"/api/trace/batches/{world.batches['M1']}/holds", {"reason": "smell"})

    page = page_of(world, f"/trace/batches/{world.batches['M1']}/trace")

    told = "".join(drawn_in(page)["M1"].itertext())
    assert "On hold" in told
    assert "7.5 kg" in told
    assert page.count("<title>Grind: 7.5 kg</title>") == 2
    assert "<title>Mould: 100 pieces</title>" in page


def test_a_batch_that_stands_alone_has_a_page_that_says_so(world: World) -> None:
    world.batch("LONE", "mass")

    page = page_of(world, f"/trace/batches/{world.batches['LONE']}/trace")

    assert "It stands alone" in page


def test_the_downloaded_svg_stands_alone_and_has_every_node(world: World) -> None:
    sign_in(world.maker.client, world.maker.emails["staff"])

    answer = world.maker.client.get(f"/trace/batches/{world.batches['M1']}/trace.svg")

    root = ElementTree.fromstring(answer.content)  # noqa: S314  # our own file
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert answer.headers["content-disposition"] == 'attachment; filename="trace-M1.svg"'
    assert {"Trace of M1", "Kokoa <Kamili>", "H1", "B2", "O1", "Isartor"} <= texts
    assert not [element for element in root.iter() if element.get("class")]
    assert not list(root.iter(f"{SVG}a"))


def test_the_csv_has_one_row_per_edge_of_rest(world: World) -> None:
    address = f"/api/trace/batches/{world.batches['M1']}/trace"

    rows = list(csv.DictReader(io.StringIO(world.maker.get(f"{address}/export").content.decode("utf-8-sig"))))

    graph = world.maker.get(address).json()
    label = {node["id"]: node["label"] for node in graph["nodes"]}
    assert [(row["from"], row["to"], row["quantity"] and float(row["quantity"])) for row in rows] == [
        (label[edge["source_id"]], label[edge["target_id"]], edge["quantity"] or "") for edge in graph["edges"]
    ]


@pytest.mark.parametrize("path", ["/trace/batches/{}/trace", "/trace/batches/{}/trace.svg", "/trace/batches/{}/orders"])
def test_a_page_of_another_tenants_batch_is_that_of_no_batch(world: World, other_maker: Maker, path: str) -> None:
    sign_in(other_maker.client, other_maker.emails["staff"])

    foreign = other_maker.client.get(path.format(world.batches["M1"]))
    missing = other_maker.client.get(path.format(new_id()))

    assert foreign.status_code == missing.status_code == 404


def test_the_trace_page_asks_three_statements(world: World) -> None:
    sign_in(world.maker.client, world.maker.emails["staff"])
    before = world.maker.statements()

    world.maker.client.get(f"/trace/batches/{world.batches['M1']}/trace")

    assert world.maker.statements() - before == 3


def test_the_list_of_orders_narrows_and_widens_by_its_address(world: World) -> None:
    world.order("O2", "Ginza", [("Dark 70", 3)])
    world.allocate("O2", "B2", 3)
    world.move("O2", "cancelled")
    address = f"/trace/batches/{world.batches['M1']}/orders"

    assert "O1" in page_of(world, address)
    assert "O2" not in page_of(world, address)
    assert "O2" in page_of(world, f"{address}?state=all")
    assert "O1" not in page_of(world, f"{address}?via=direct")
    assert "O1" in page_of(world, f"/trace/farms/{world.farms['Elvesia']}/orders")


def test_orders_with_a_batch_come_as_a_file(world: World) -> None:
    answer = world.maker.get(f"/api/trace/batches/{world.batches['M1']}/orders/export")

    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["number"], row["customer"], row["shipped_quantity"], row["allocated_quantity"]) == (
        "O1",
        "Isartor",
        "6",
        "4",
    )


def test_more_orders_than_anybody_follows_are_listed_not_drawn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (2, 3):
        world.order(f"O{number}", "Ginza", [("Dark 70", 3)])
        world.allocate(f"O{number}", "B2", 3)
    address = f"/trace/batches/{world.batches['M1']}/trace"
    monkeypatch.setattr(pages, "MOST_ORDERS", 3)
    assert {"O1", "O2", "O3"} <= set(drawn_in(page_of(world, address)))
    monkeypatch.setattr(pages, "MOST_ORDERS", 2)

    page = page_of(world, address)

    assert set(drawn_in(page)) == {"Elvesia", "Kokoa <Kamili>", "H1", "H2", "M1", "B1", "B2"}
    assert "over 2" in page
    assert "So many orders" in page


def test_a_trace_too_large_to_draw_is_offered_as_a_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/trace/batches/{world.batches['M1']}/trace"
    monkeypatch.setattr(pages, "MOST_NODES", 3)

    page = page_of(world, address)
    drawing = world.maker.client.get(f"{address}.svg")

    assert "too large to draw" in page
    assert '<svg class="drawing"' not in page
    assert drawing.status_code == 422


# ------------------------------------------------------------------ folding


def a_fan(orders: int, customers: int) -> TracedGraph:
    """A batch sold in many orders to fewer customers."""
    nodes = [TracedNode("root", "batch", "B1")]
    edges: list[TracedEdge] = []
    nodes.extend(TracedNode(f"c{number}", "customer", f"Shop {number}") for number in range(customers))
    for number in range(orders):
        nodes.append(TracedNode(f"o{number}", "order", f"O{number}"))
        edges.append(TracedEdge("root", f"o{number}", Decimal(2), "piece", Decimal(100)))
        edges.append(TracedEdge(f"o{number}", f"c{number % customers}", Decimal(2), "piece"))
    return TracedGraph("root", tuple(nodes), tuple(edges))


def pieces(edges: Iterable[TracedEdge]) -> Decimal:
    return sum((edge.quantity or Decimal(0) for edge in edges), Decimal(0))


@pytest.mark.parametrize(
    ("orders", "customers", "folding", "node_count"),
    [(100, 40, Folding.NONE, 141), (200, 100, Folding.ORDERS, 101), (300, 200, Folding.CUSTOMERS, 2)],
)
def test_a_large_trace_folds_orders_first_then_customers_and_loses_no_piece(
    orders: int, customers: int, folding: Folding, node_count: int
) -> None:
    graph = a_fan(orders, customers)

    folded, done = rules.fold_to(graph)

    assert (done, len(folded.nodes)) == (folding, node_count)
    assert folded.count("customer") == customers
    assert pieces(edge for edge in folded.edges if edge.source == "root") == 2 * orders


def test_processes_become_edges_and_two_of_them_between_the_same_batches_are_one() -> None:
    nodes = [TracedNode(name, "batch", name) for name in ("A", "B")]
    nodes += [TracedNode(name, "process", "rework") for name in ("p", "q")]
    edges = [
        TracedEdge(*ends, Decimal(grams), "g", Decimal(grams))
        for ends, grams in ((("A", "p"), 9), (("p", "B"), 8), (("A", "q"), 5), (("q", "B"), 4), (("q", "A"), 1))
    ]

    folded = rules.fold_processes(TracedGraph("A", tuple(nodes), tuple(edges)))

    assert {(edge.source, edge.target): (edge.quantity, len(edge.steps)) for edge in folded.edges} == {
        ("A", "B"): (12, 2),
        ("A", "A"): (1, 1),
    }


def test_a_path_through_a_loop_ends() -> None:
    edges = tuple(TracedEdge(one, other) for one, other in ("ab", "bc", "cb", "dx"))
    graph = TracedGraph("a", tuple(TracedNode(name, "batch", name) for name in "abcdx"), edges)

    assert rules.path_through(graph, "c") == frozenset("abc")
