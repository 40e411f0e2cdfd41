"""A workshop for tests: master data by SQL, every process through REST, as a maker records it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.maker import Maker
from tests.trace.world import World

Line = dict[str, Any]


@dataclass
class Workshop:
    """What one tenant makes; `batches` holds the ids of batches by code."""

    maker: Maker
    world: World = field(init=False)

    def __post_init__(self) -> None:
        self.world = World(self.maker)

    @property
    def batches(self) -> dict[str, UUID]:
        """Ids by code, also for orders and shipments made through `world`."""
        return self.world.batches

    def new(self, code: str, material: str, quantity: object, unit: str = "kg", **more: object) -> Line:
        """Return an output that makes a batch."""
        return {
            "material_id": str(self.world.material(material)),
            "code": code,
            "quantity": quantity,
            "unit": unit,
            **more,
        }

    def taken(self, code: str, quantity: object, unit: str = "kg", **more: object) -> Line:
        """Return an input."""
        return {"batch_id": str(self.batches[code]), "quantity": quantity, "unit": unit, **more}

    def send(self, kind: str, inputs: list[Line], outputs: list[Line], **more: object) -> Any:
        """Send a process and return the answer, whatever it is."""
        body = {"kind": kind, "inputs": inputs, "outputs": outputs, **more}
        return self.maker.post("/api/trace/processes", body)

    def record(self, kind: str, inputs: list[Line], outputs: list[Line], **more: object) -> dict[str, Any]:
        """Record a process and return it; its new batches are known by their codes."""
        answer = self.send(kind, inputs, outputs, **more)
        assert answer.status_code == 201, answer.text
        process: dict[str, Any] = answer.json()
        for line in process["outputs"]:
            self.batches[line["code"]] = UUID(line["batch_id"])
        return process

    def receive(self, code: str, material: str, quantity: object, unit: str = "kg", **more: object) -> UUID:
        """Receive a batch."""
        self.record("receive", [], [self.new(code, material, quantity, unit, **more)])
        return self.batches[code]

    def batch(self, code: str) -> dict[str, Any]:
        """Return a batch as REST answers it."""
        answer = self.maker.get(f"/api/trace/batches/{self.batches[code]}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def on_hand(self, code: str) -> float:
        """Return what is on hand of a batch, in base units."""
        quantity: float = self.batch(code)["quantities"]["on_hand"]
        return quantity


def fault(answer: Any) -> tuple[int, str, list[str]]:
    """Return status, code and the fields of a refusal."""
    problem = answer.json()
    return answer.status_code, problem["code"], [error["field"] for error in problem["errors"]]
