"""A case as an EPCIS 2.0 document in JSON-LD, written event by event.

Codes, names and countries stand in the header as master data, for URIs say nothing to a person.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Final, cast

import orjson
from fastapi import Request

from provender.kit.clock import now
from provender.kit.csv.columns import Item
from provender.trace.recall.exports import store
from provender.trace.recall.exports.epcis_events import EventWriter
from provender.trace.recall.exports.identities import name_class, name_uuid
from provender.trace.recall.exports.model import ExportedCase
from provender.trace.recall.exports.paging import each_item

MEDIA_TYPE: Final = "application/ld+json"
CONTEXT: Final = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
ATTRIBUTE: Final = "urn:epcglobal:cbv:mda#"
CLASSES: Final = "urn:epcglobal:epcis:vtype:EPCClass"
PARTIES: Final = "urn:epcglobal:epcis:vtype:SourceDest"


class _Vocabulary:
    """What the URIs of a document mean."""

    def __init__(self, case: ExportedCase) -> None:
        self._case = case
        self._classes: dict[str, Mapping[str, object]] = {}
        maker = {"name": case.organisation_name, "countryCode": case.organisation_country}
        self._parties: dict[str, Mapping[str, object]] = {name_uuid(case.organisation_id): maker}

    def note_line(self, line: Item) -> None:
        """Remember the batch or product of a line, and its farm and supplier."""
        told = {"lotNumber": line["batch_code"], "descriptionShort": line["product"] or line["material"]}
        self._classes[name_class(line, self._case)] = told
        for kind in ("farm", "supplier"):
            self._note_party(line.get(f"{kind}_id"), line.get(kind), line.get(f"{kind}_country"))

    def note_movement(self, movement: Item) -> None:
        """Remember the goods and the customer of a movement."""
        self.note_line(movement)
        self._note_party(movement["customer_id"], movement["customer"], movement["country"])

    def _note_party(self, party_id: object, name: object, country: object) -> None:
        if party_id is not None:
            self._parties[name_uuid(party_id)] = {"name": name, "countryCode": country}

    def write(self) -> bytes:
        """Return the header of the document."""
        lists = [_write_list(CLASSES, self._classes), _write_list(PARTIES, self._parties)]
        return orjson.dumps({"epcisMasterData": {"vocabularyList": lists}})


def _write_list(kind: str, elements: Mapping[str, Mapping[str, object]]) -> Mapping[str, object]:
    return {
        "type": kind,
        "vocabularyElementList": [
            {
                "id": uri,
                "attributes": [
                    {"id": ATTRIBUTE + name, "attribute": value} for name, value in told.items() if value is not None
                ],
            }
            for uri, told in elements.items()
        ],
    }


async def write_epcis(request: Request, case: ExportedCase, time_zone: str) -> AsyncGenerator[bytes]:
    """Yield the document of a case: processes in time order, then shipments, returns and what is held.

    Args:
        request: Whose tenant is exported.
        case: What is exported.
        time_zone: IANA name; event times bear its offset.
    """
    writer, known = EventWriter(case, time_zone), _Vocabulary(case)
    yield (
        b'{"@context":' + orjson.dumps([CONTEXT]) + b',"id":' + orjson.dumps(name_uuid(case.id))
        + b',"type":"EPCISDocument","schemaVersion":"2.0","creationDate":' + orjson.dumps(now().isoformat())
        + b',"epcisBody":{"eventList":['
    )  # fmt: skip
    separator = b""
    async for process in each_item(request, lambda work, key: store.select_exported_processes(work, case.id, key), 2):
        for line in (*cast("list[Item]", process["inputs"]), *cast("list[Item]", process["outputs"])):
            known.note_line(line)
        for event in writer.of_process(process):
            yield separator + orjson.dumps(event)
            separator = b","
    async for movement in each_item(request, lambda work, key: store.select_exported_movements(work, case.id, key), 1):
        known.note_movement(movement)
        for event in writer.of_movement(movement):
            yield separator + orjson.dumps(event)
            separator = b","
    yield b']},"epcisHeader":' + known.write() + b"}"
