"""One of everything that a tenant can have, made through REST when it is first asked for.

A room adds one entry to BUILDERS per name that its addresses use for an id, such as `{farm_id}`,
and one to BODIES per payload that its addresses with an id take. The tests that are generated from
the route table (tests/architecture/test_routes.py) then look at every one of its routes, and fail
where an entry is missing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from tests.maker import PASSWORD, Maker

_numbers = itertools.count(1)
TRACE = "/api/trace"


class Samples:
    """The samples of one tenant: `samples["farm_id"]` is the id of a farm, the same one every time."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self._found: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """Return the id that an address calls by this name; the thing is made when there is none yet."""
        if name not in self._found:
            self._found[name] = BUILDERS[name](self)
        return self._found[name]

    def add(self, address: str, body: Mapping[str, object]) -> dict[str, Any]:
        """Add something as the administrator and return it."""
        answer = self.maker.post(address, body)
        assert answer.status_code in {200, 201}, f"{address}: {answer.text}"
        added: dict[str, Any] = answer.json()
        return added

    def first(self, address: str) -> dict[str, Any]:
        """Return the first of a list."""
        answer = self.maker.get(address)
        assert answer.status_code == 200, f"{address}: {answer.text}"
        found: dict[str, Any] = answer.json()["items"][0]
        return found

    def body(self, payload: str) -> dict[str, object]:
        """Return a body that a payload of this name accepts."""
        return BODIES[payload](self)


Builder = Callable[[Samples], str]
Body = Callable[[Samples], dict[str, object]]


def unused(word: str) -> str:
    """Return a word that no other sample has."""
    return f"{word} {next(_numbers)}"


def add_for(address: str, payload: str) -> Builder:
    """Return a builder that adds a payload at an address and tells its id."""
    return lambda samples: str(samples.add(address.format_map(samples), samples.body(payload))["id"])


def stock(samples: Samples) -> str:
    """Receive bars, and return the id of their batch."""
    output = {"product_id": samples["product_id"], "code": unused("LOT"), "quantity": 1000, "unit": "piece"}
    process = samples.add(f"{TRACE}/processes", {"kind": "receive", "outputs": [output]})
    return str(process["outputs"][0]["batch_id"])


def ordered_line(samples: Samples) -> str:
    """Return the id of the line of the sample order."""
    order = samples.maker.get(f"{TRACE}/orders/{samples['order_id']}").json()
    return str(order["lines"][0]["id"])


def allocate(samples: Samples) -> str:
    """Set a piece of the sample batch aside for the sample order."""
    choice = {"order_line_id": samples["line_id"], "batch_id": samples["batch_id"], "quantity": 1}
    samples.add(f"{TRACE}/orders/{samples['order_id']}/allocations", {"allocations": [choice]})
    return str(samples.first(f"{TRACE}/orders/{samples['order_id']}/allocations")["id"])


def take_back(samples: Samples) -> str:
    """Take a shipped piece back into stock."""
    shipment = samples.maker.get(f"{TRACE}/shipments/{samples['shipment_id']}").json()
    line = {"shipment_line_id": shipment["lines"][0]["id"], "quantity": 1, "disposition": "restock"}
    returned = samples.add(f"{TRACE}/returns", {"customer_id": samples["customer_id"], "lines": [line]})
    return str(returned["id"])


def ship(samples: Samples) -> dict[str, object]:
    """Describe a shipment of some of the sample batch for the sample order."""
    line = {"order_line_id": samples["line_id"], "batch_id": samples["batch_id"], "quantity": 5}
    return {"order_id": samples["order_id"], "lines": [line], "shipped_at": "2026-11-19T10:00:00Z"}


def process(samples: Samples) -> str:
    """Receive a harvest of the sample plot and throw some of it away; return the id of the latter."""
    harvest = {
        "material_id": samples["material_id"],
        "code": unused("LOT"),
        "farm_id": samples["farm_id"],
        "origins": [{"plot_id": samples["plot_id"]}],
        "quantity": 5,
        "unit": "kg",
    }
    received = samples.add(f"{TRACE}/processes", {"kind": "receive", "outputs": [harvest]})
    thrown_away = {"batch_id": received["outputs"][0]["batch_id"], "quantity": 1, "unit": "kg"}
    return str(samples.add(f"{TRACE}/processes", {"kind": "scrap", "inputs": [thrown_away]})["id"])


def recall(samples: Samples) -> str:
    """Open an exercise for a batch of which some was shipped, answering the sample complaint."""
    assert samples["shipment_id"]
    case = {
        "title": "Exercise",
        "reason": "once a year",
        "kind": "mock",
        "batch_ids": [samples["batch_id"]],
        "complaint_ids": [samples["complaint_id"]],
    }
    return str(samples.add(f"{TRACE}/recall-cases", case)["id"])


def add_farm(samples: Samples) -> str:
    """Add a farm by a request that names itself."""
    headers = {"Idempotency-Key": unused("key")}
    answer = samples.maker.post(f"{TRACE}/farms", samples.body("FarmInput"), headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


BUILDERS: Mapping[str, Builder] = {
    "account_id": lambda samples: str(samples.first("/api/members?role=staff")["account_id"]),
    "access_token_id": lambda samples: str(samples.add("/api/access-tokens", {"name": "Till"})["id"]),
    "farm_id": add_farm,
    "plot_id": add_for(TRACE + "/farms/{farm_id}/plots", "PlotInput"),
    "supplier_id": add_for(f"{TRACE}/suppliers", "SupplierInput"),
    "material_id": add_for(f"{TRACE}/materials", "MaterialInput"),
    "product_id": add_for(f"{TRACE}/products", "ProductInput"),
    "customer_id": add_for(f"{TRACE}/customers", "CustomerInput"),
    "site_id": add_for(TRACE + "/customers/{customer_id}/sites", "SiteInput"),
    "batch_id": stock,
    "process_id": process,
    "hold_id": lambda samples: str(samples.add(f"{TRACE}/batches/{stock(samples)}/holds", {"reason": "smell"})["id"]),
    "order_id": add_for(f"{TRACE}/orders", "OrderInput"),
    "line_id": ordered_line,
    "allocation_id": allocate,
    "shipment_id": add_for(f"{TRACE}/shipments", "ShipmentInput"),
    "return_id": take_back,
    "complaint_id": add_for(f"{TRACE}/complaints", "ComplaintInput"),
    "recall_case_id": recall,
    "line_no": lambda samples: str(samples.first(f"{TRACE}/recall-cases/{samples['recall_case_id']}/items")["line_no"]),
    "recall_notice_id": lambda samples: str(
        samples.first(f"{TRACE}/recall-cases/{samples['recall_case_id']}/notices")["id"]
    ),
}
"""Name of an id in addresses -> what makes the thing and returns its id."""

BODIES: Mapping[str, Body] = {
    "AccountInput": lambda _: {"full_name": "Renamed", "language": "en"},
    "AccessTokenInput": lambda _: {"name": "Till"},
    "OrganisationInput": lambda _: {"name": "Renamed", "country": "DE", "time_zone": "UTC", "language": "en"},
    "ProcessInput": lambda samples: {
        "kind": "receive",
        "outputs": [{"material_id": samples["material_id"], "code": unused("LOT"), "quantity": 1, "unit": "kg"}],
    },
    "ReturnInput": lambda samples: {
        "customer_id": samples["customer_id"],
        "lines": [{"shipment_line_id": samples["line_id"], "quantity": 1, "disposition": "destroy"}],
    },
    "RecallCaseInput": lambda samples: {
        "title": "Exercise",
        "reason": "once a year",
        "kind": "mock",
        "batch_ids": [samples["batch_id"]],
    },
    "MemberChange": lambda _: {"role": "manager"},
    "MemberInput": lambda _: {
        "email": f"person-{next(_numbers)}@samples.example",
        "full_name": "Sample",
        "role": "staff",
        "password": PASSWORD,
    },
    "FarmInput": lambda _: {"name": unused("Farm"), "country": "DO"},
    "PlotInput": lambda _: {"name": unused("Plot")},
    "SupplierInput": lambda _: {"name": unused("Supplier"), "country": "DE"},
    "MaterialInput": lambda _: {"code": unused("M"), "name": "Sugar", "kind": "sugar", "base_unit": "g"},
    "ProductInput": lambda _: {"sku": unused("BAR"), "name": "Bar", "net_mass_g": 50},
    "CustomerInput": lambda _: {"name": unused("Shop"), "country": "DE"},
    "SiteInput": lambda _: {"name": unused("Site"), "address": "Street 1", "country": "DE"},
    "BatchChange": lambda _: {"note": "changed"},
    "ReversalInput": lambda _: {"note": "wrong"},
    "CountInput": lambda _: {"quantity": 7, "unit": "piece"},
    "HoldReason": lambda _: {"reason": "smell"},
    "OrderInput": lambda samples: {
        "customer_id": samples["customer_id"],
        "lines": [{"product_id": samples["product_id"], "quantity": 100}],
        "confirm": True,
    },
    "OrderReplacement": lambda samples: {"lines": [{"product_id": samples["product_id"], "quantity": 3}]},
    "OrderAmendment": lambda _: {"note": "changed"},
    "OrderMove": lambda _: {"to": "cancelled", "reason": "wrong"},
    "OrderLineInput": lambda samples: {"product_id": samples["product_id"], "quantity": 2},
    "AllocationInput": lambda _: {"automatic": True},
    "AllocationMove": lambda _: {"to": "released"},
    "ShipmentInput": ship,
    "ShipmentAmendment": lambda _: {"carrier": "changed"},
    "Departure": lambda _: {},
    "Delivery": lambda _: {},
    "ComplaintInput": lambda _: {"description": "tastes of soap"},
    "ComplaintMove": lambda _: {"to": "closed", "reason": "mistaken"},
    "ItemChange": lambda _: {"resolution": "seen"},
    "NoticeAnswer": lambda _: {"quantity_held": 1},
    "Finish": lambda _: {"conclusion": "done"},
}
"""Name of a payload -> a body it accepts, with the ids of the tenant that sends it."""
