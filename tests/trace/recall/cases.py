"""A case on the worked vector, for tests of what is made of a case."""

from __future__ import annotations

from typing import Any

from tests.maker import Maker
from tests.trace.world import World

CASES = "/api/trace/recall-cases"


def make_worked_world(maker: Maker) -> World:
    """Return the worked vector in grams, with two shops, one of them in Japan, and pieces in every place."""
    world = World(maker.acting_as("manager"))
    world.farm("A", "GH")
    world.farm("B", "EC")
    world.product("Bar 1", 50)
    world.product("Bar 2", 50)
    world.receive("A1", "beans", 60_000, farm="A")
    world.receive("B1", "beans", 40_000, farm="B")
    world.receive("S1", "sugar", 28_000)
    world.receive("CB1", "butter", 5_000)
    for code, material in (("N1", "nibs"), ("SHELL", "shell"), ("M1", "mass"), ("M2", "mass")):
        world.batch(code, material)
    for code, material in (("W1", "rework"), ("X1", "scrap"), ("X2", "scrap")):
        world.batch(code, material)
    world.batch("BR1", "Bar 1")
    world.batch("BR2", "Bar 2")
    world.process("roast", {"A1": 60_000, "B1": 40_000}, {"N1": 80_000, "SHELL": 18_000}, roles={"SHELL": "byproduct"})
    world.process("conche", {"N1": 50_000, "S1": 20_000, "CB1": 5_000}, {"M1": 75_000})
    world.process("mould", {"M1": 60_000}, {"BR1": 1150, "W1": 2_000, "X1": 500}, roles={"W1": "rework", "X1": "scrap"})
    world.process("conche", {"N1": 20_000, "S1": 8_000, "W1": 2_000}, {"M2": 30_000})
    world.process("mould", {"M2": 25_000}, {"BR2": 480, "X2": 1_000}, roles={"X2": "scrap"})
    world.customer("=Isartor", "DE", "de")
    world.customer("銀座ショコラ", "JP", "ja")
    world.order("O1", "=Isartor", [("Bar 1", 400)])
    world.ship("O1", [("BR1", 300)])
    world.allocate("O1", "BR1", 100)
    world.order("O2", "銀座ショコラ", [("Bar 2", 100)])
    world.ship("O2", [("BR2", 80)], hour=None)
    world.order("O3", "銀座ショコラ", [("Bar 2", 50)])
    world.ship("O3", [("BR2", 50)], name="gone")
    world.order("O4", "銀座ショコラ", [("Bar 1", 7)])
    world.ship("O4", [(None, 7)], name="unknown")
    return world


def open_case(world: World, *codes: str, **more: Any) -> dict[str, Any]:
    """Open a case from some roots and return it."""
    body = {
        "title": "Off-flavour",
        "reason": "tastes of soap",
        "batch_ids": [str(world.batches[code]) for code in codes],
        **more,
    }
    answer = world.maker.post(CASES, body)
    assert answer.status_code == 201, answer.text
    case: dict[str, Any] = answer.json()
    return case


def items_of(world: World, case: dict[str, Any], **filters: str) -> list[dict[str, Any]]:
    """Return the items of a case as REST answers them."""
    query = "&".join(["limit=200", *(f"{name}={value}" for name, value in filters.items())])
    answer = world.maker.get(f"{CASES}/{case['id']}/items?{query}").json()
    assert answer["next"] is None
    items: list[dict[str, Any]] = answer["items"]
    return items
