"""The context of ui/specimen.html in three languages, and the page it makes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from starlette.requests import Request

from provender.kit.ui.form import Form
from provender.kit.ui.pages import NavigationItem, Pages, Toast
from provender.kit.ui.trace_graph import TraceEdge, TraceGraph, TraceNode, draw_trace


def read_words() -> dict[str, dict[str, str]]:
    """Return the texts of the specimen by language and name; long words are there to test the fit."""
    with Path(__file__).with_name("specimen_words.csv").open(newline="") as file:
        head, *rows = list(csv.reader(file))
    return {language: {row[0]: row[column] for row in rows} for column, language in enumerate(head) if column}


NAVIGATION = (
    NavigationItem("Find a code", "/", "home", key="h"),
    NavigationItem("Farm", "/trace/farms", "farm", key="f", group="Farm"),
    NavigationItem("Batch", "/specimen", "batch", key="b", group="Farm"),
    NavigationItem("Product", "/trace/products", "product", key="p", group="Farm"),
    NavigationItem("Order", "/trace/orders", "order", key="o", group="Customer"),
    NavigationItem("Customer", "/trace/customers", "customer", key="c", group="Customer"),
)
TRACE_NODES = """
F1 farm Finca La Esperanza
F2 farm 京丹後ファーム
A1 material L-26-A1
B1 material L-26-B1
N1 batch L-26-N1
M1 batch L-26-M1
M2 batch L-26-M2
W1 batch L-26-W1
BR1 batch L-26-BR1
BR2 batch L-26-BR2
P1 product Bar 70 % 60 g
P2 product Bar 55 % 60 g
O1 order SO-10404
O2 order SO-10407
O3 order SO-10410
O4 order SO-10411
C1 customer Feinkost Öztürk, München
C2 customer 株式会社さくら食品東京
C3 customer Hofladen Brandt
"""
TRACE_EDGES = """
F1 A1 60,F2 B1 40,A1 N1 60,B1 N1 40,N1 M1 50,N1 M2 20,M1 BR1 57.5,M1 W1 2,W1 M2 2,W1 M1 1,M2 BR2 24
BR1 P1 57.5,BR2 P2 24,P1 O1 30,P1 O2 20,P2 O3 12,P2 O4 8,O1 C1 30,O2 C2 20,O3 C3 12,O4 C3 8
"""
ZONES = {"en": "Europe/London", "de": "Europe/Berlin", "ja": "Asia/Tokyo"}
WORDS = read_words()
SHIPPED_AT = datetime(2026, 11, 17, 8, 20, tzinfo=UTC)


@dataclass(frozen=True)
class SomeViewer:
    """A person signed in."""

    full_name: str = "Annika Weiß"
    organisation_name: str = "Mondkakao"
    role: str = "manager"


@dataclass(frozen=True)
class View:
    """Which specimen to show: `is_clean` leaves out errors and toast, `query` narrows the orders."""

    language: str = "en"
    theme: str = "system"
    query: str = ""
    is_clean: bool = False


def make_request(language: str, theme: str = "system", *, toast: bool = False) -> Request:
    """Return a request as the web layer would have prepared it."""
    request = Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "path": "/specimen",
            "query_string": b"sort=order",
            "headers": [],
            "server": ("127.0.0.1", 80),
        }
    )
    request.state.language = language
    request.state.zone = ZONES[language]
    request.state.theme = theme
    request.state.viewer = SomeViewer()
    request.state.csrf_token = "token"
    request.state.toast = Toast(WORDS[language]["held"], "/specimen") if toast else None
    return request


def render_specimen(pages: Pages, view: View) -> str:
    """Return the specimen page as HTML."""
    request = make_request(view.language, view.theme, toast=not view.is_clean)
    return bytes(pages.render(request, "ui/specimen.html", make_context(view)).body).decode()


def make_context(view: View) -> dict[str, object]:
    """Return everything the specimen shows."""
    words = WORDS[view.language]
    return {
        "words": words,
        "rows": [row for row in _make_rows(words) if view.query in str(row["order"])],
        "steps": _make_steps(words),
        "entries": [
            {"at": "08:20", "who": "Annika Weiß", "what": words["held"]},
            {"at": "07:55", "who": "Jun Mori", "what": words["packing"]},
        ],
        "graph": make_trace(),
        "delivered_g": Decimal("2168230.5"),
        "gap_g": Decimal("412.5"),
        "on": date(2027, 11, 30),
        "filled": Form() if view.is_clean else _make_form(words),
        "second": Form(key="second-"),
        "consequences": _make_consequences(words),
    }


def _make_rows(words: dict[str, str]) -> list[dict[str, object]]:
    customers = ["Feinkost Öztürk, München", "株式会社さくら食品", "Hofladen Brandt", "北海デリ", "Markthalle IX"]
    states = [
        ("shipped", "good"),
        ("on_hold", "attention"),
        ("recall", "danger"),
        ("planned", "info"),
        ("archived", "neutral"),
    ]
    return [
        {
            "order": f"SO-{10404 + index * 3}",
            "customer": customer,
            "batch": f"L-2611-BR{index + 1}",
            "state": words[states[index][0]],
            "tone": states[index][1],
            "at": SHIPPED_AT + timedelta(hours=7 * index) if index != 3 else None,
            "mass_g": Decimal(449700) / (index + 1) if index != 3 else Decimal(0),
            "share": Fraction(2, 5 + index * 9),
        }
        for index, customer in enumerate(customers)
    ]


def _make_steps(words: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"label": words["received"], "state": "done", "at": "17.11. 09:20"},
        {"label": words["packed"], "state": "done", "at": "18.11. 10:20", "note": "L-2611-BR1"},
        {"label": words["shipped"], "state": "now", "at": "20.11. 12:20", "href": "#track", "note": "Yamato 4210-3321"},
        {"label": words["delivered_step"], "state": "next"},
    ]


def _make_form(words: dict[str, str]) -> Form:
    values = {
        "code": "L-2611-M9",
        "mass": "57.5",
        "mass_unit": "kg",
        "at": "2026-11-20T14:05",
        "class": "quality",
        "inputs-0-code": "L-2611-N1",
        "inputs-0-mass": "50",
        "inputs-2-code": "ZUCKER-77",
        "note": words["hold_reason"],
    }
    errors = {"code": words["unknown_batch"], "mass": words["too_much"], "inputs-0-mass": words["too_much"]}
    return Form(values, errors, words["not_saved"], words["check_label"])


def _make_consequences(words: dict[str, str]) -> dict[str, object]:
    leaf: dict[str, object] = {"rows": 9, "branches": []}
    return {
        "label": words["supplier"],
        "effect": "deleted",
        "rows": 1,
        "branches": [
            {"label": words["batches"], "effect": "blocks", "rows": 4, "branches": []},
            {"label": words["orders"], "effect": "cleared", **leaf},
            {"label": words["history"], "effect": "deleted", **leaf},
        ],
    }


def make_trace() -> TraceGraph:
    """Return a small trace with an affected path, a loop and things that are not affected."""
    hit = {"A1", "N1", "M1", "W1", "M2", "BR1", "BR2", "P1", "O1", "O2", "C1", "C2"}
    nodes = [
        TraceNode(
            id=key,
            label=label,
            sublabel="57.5 kg",
            kind=kind,
            href=f"?node={key}",
            is_hit=key in hit,
            is_dimmed=key not in hit,
            is_selected=key == "A1",
        )
        for key, kind, label in (line.split(" ", 2) for line in TRACE_NODES.strip().splitlines())
    ]
    edges = [
        TraceEdge(source, target, f"{mass} kg", float(mass), is_hit={source, target} <= hit)
        for source, target, mass in (edge.split() for edge in TRACE_EDGES.replace("\n", ",").strip(",").split(","))
    ]
    return draw_trace(nodes, edges)
