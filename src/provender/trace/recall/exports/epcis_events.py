"""From processes and goods to events of EPCIS 2.0.

Source:
    GS1 EPCIS 2.0 sections 7.4.2 (ObjectEvent), 7.4.6 (TransformationEvent), CBV 2.0 sections 7.1
    (business steps) and 7.2 (dispositions); units are those of UN/ECE recommendation 20.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final, cast
from zoneinfo import ZoneInfo

from provender.kit.csv.columns import Item
from provender.trace.recall.exports.identities import derive_uuid, name_class, name_uuid
from provender.trace.recall.exports.model import ExportedCase

Event = dict[str, object]
UNITS: Final = {"g": "GRM", "ml": "MLT"}
"""Pieces have none: without a unit a quantity counts instances (EPCIS 2.0 section 7.3.3.3)."""
STEPS: Final = {
    "pack": "packing",
    "scrap": "destroying",
    "adjust": "stock_taking",
    "count": "cycle_counting",
    "receive": "receiving",
}
TRANSFORMING: Final = "commissioning"


class EventWriter:
    """Writes the events of one case.

    Args:
        case: Whose events; of an exercise nothing is called recalled.
        time_zone: IANA name; event times bear its offset.
    """

    def __init__(self, case: ExportedCase, time_zone: str) -> None:
        self._case = case
        self._zone = ZoneInfo(time_zone)
        self._maker = name_uuid(case.organisation_id)

    def of_process(self, process: Item) -> Iterator[Event]:
        """Yield what a process was: a transformation, or goods that appeared or disappeared."""
        inputs, outputs = _lines(process, "inputs"), _lines(process, "outputs")
        step = STEPS.get(str(process["kind"]), TRANSFORMING)
        event = self._begin(name_uuid(process["id"]), str(process["finished_at"]), step)
        if inputs and outputs:
            yield {
                **event,
                "type": "TransformationEvent",
                "transformationID": name_uuid(process["id"]),
                "inputQuantityList": self._quantities(inputs),
                "outputQuantityList": self._quantities(outputs),
                "disposition": "in_progress",
            }
        elif outputs:
            yield {**event, **self._object(outputs, "ADD", "in_progress"), **_sources(outputs)}
        elif inputs:
            yield {**event, **self._object(inputs, "DELETE", "destroyed" if step == "destroying" else "unknown")}

    def of_movement(self, movement: Item) -> Iterator[Event]:
        """Yield where goods of the case went, came back or are kept."""
        if movement["kind"] == "return_line":
            yield self._returned(movement)
        elif movement["kind"] == "shipment_line" and movement["shipped_at"] is not None:
            yield self._shipped(movement)
        elif movement["class"] == "contained" and self._case.kind != "mock":
            yield self._held(movement)

    def _shipped(self, line: Item) -> Event:
        return {
            **self._begin(name_uuid(line["id"]), str(line["shipped_at"]), "shipping"),
            **self._object([line], "OBSERVE", "in_transit"),
            "bizTransactionList": _transactions(po=line["order_id"], desadv=line["shipment_id"]),
            "sourceList": [{"type": "owning_party", "source": self._maker}],
            "destinationList": [{"type": "owning_party", "destination": name_uuid(line["customer_id"])}],
        }

    def _returned(self, line: Item) -> Event:
        is_destroyed = line["disposition"] == "destroy"
        return {
            **self._begin(
                name_uuid(line["id"]), str(line["received_at"]), "destroying" if is_destroyed else "receiving"
            ),
            **self._object(
                [line], "DELETE" if is_destroyed else "OBSERVE", "destroyed" if is_destroyed else "returned"
            ),
            "bizTransactionList": _transactions(po=line["order_id"]),
            "sourceList": [{"type": "owning_party", "source": name_uuid(line["customer_id"])}],
            "destinationList": [{"type": "owning_party", "destination": self._maker}],
        }

    def _held(self, line: Item) -> Event:
        event_id = derive_uuid(self._case.id, f"holding {line['kind']} {line['id']}")
        return {
            **self._begin(event_id, self._case.opened_at.isoformat(), "holding"),
            **self._object([line], "OBSERVE", "recalled"),
            "bizLocation": {"id": self._maker},
        }

    def _begin(self, event_id: str, at: str, step: str) -> Event:
        local = datetime.fromisoformat(at).astimezone(self._zone)
        offset = local.isoformat()[-6:]
        return {
            "eventID": event_id,
            "eventTime": local.isoformat(),
            "eventTimeZoneOffset": offset,
            "bizStep": step,
            "readPoint": {"id": self._maker},
        }

    def _object(self, lines: Sequence[Item], action: str, disposition: str) -> Event:
        return {
            "type": "ObjectEvent",
            "action": action,
            "quantityList": self._quantities(lines),
            "disposition": disposition,
        }

    def _quantities(self, lines: Sequence[Item]) -> list[Event]:
        return [self._quantity(line) for line in lines]

    def _quantity(self, line: Item) -> Event:
        element: Event = {"epcClass": name_class(line, self._case), "quantity": _number(line["quantity"])}
        unit = UNITS.get(str(line["unit"]))
        return element if unit is None else {**element, "uom": unit}


def _lines(process: Item, name: str) -> list[Item]:
    return cast("list[Item]", process[name])


def _number(amount: object) -> int | float:
    exact = Decimal(str(amount))
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _sources(lines: Sequence[Item]) -> Event:
    ids = {line[name]: None for line in lines for name in ("farm_id", "supplier_id") if line[name] is not None}
    if not ids:
        return {}
    return {"sourceList": [{"type": "owning_party", "source": name_uuid(one)} for one in ids]}


def _transactions(**ids: object) -> list[Event]:
    return [{"type": kind, "bizTransaction": name_uuid(one)} for kind, one in ids.items() if one is not None]
