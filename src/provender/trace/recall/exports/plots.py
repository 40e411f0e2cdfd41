"""The plots behind the roots of a case as GeoJSON, as the information system of the EUDR takes it.

Source:
    Regulation (EU) 2023/1115 article 9(1)(d); European Commission, "EUDR GeoJSON file description":
    properties ProducerName, ProducerCountry, ProductionPlace, Area (hectares); WGS 84, longitude
    first, six decimals at least. RFC 7946 allows the members beside them.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from decimal import Decimal
from typing import Final, cast

from fastapi import Request

from provender.kit.csv.columns import Item
from provender.trace.recall.exports import store
from provender.trace.recall.exports.model import ExportedCase
from provender.trace.recall.exports.paging import each_item

MEDIA_TYPE: Final = "application/geo+json"
LEAST_DECIMALS: Final = 6


async def write_plots(request: Request, case: ExportedCase) -> AsyncGenerator[bytes]:
    """Yield a FeatureCollection; plots without geometry are named at its end, for a file with holes is refused."""
    missing: list[str] = []
    separator = ""
    yield b'{"type":"FeatureCollection","name":' + json.dumps(case.number).encode() + b',"features":['
    async for plot in each_item(request, lambda work, key: store.select_exported_plots(work, case.id, key), 1):
        if plot["geometry"] is None:
            missing.append(f"{plot['farm']}, {plot['plot']}")
            continue
        yield (separator + write_feature(plot)).encode()
        separator = ","
    yield b'],"plots_without_geometry":' + json.dumps(missing, ensure_ascii=False).encode() + b"}"


def write_feature(plot: Item) -> str:
    """Return one plot as a Feature."""
    place = ", ".join(str(part) for part in (plot["plot"], plot["region"]) if part)
    area = plot["area_ha"]
    properties: dict[str, object] = {
        "ProducerName": plot["producer"],
        "ProducerCountry": plot["country"],
        "ProductionPlace": place,
        **({} if area is None else {"Area": float(str(area))}),
        "Farm": plot["farm"],
        "Batches": plot["batch_codes"],
        "IsRecorded": plot["is_recorded"],
    }
    geometry = cast("Mapping[str, object]", plot["geometry"])
    written = f'{{"type":{json.dumps(geometry["type"])},"coordinates":{write_coordinates(geometry["coordinates"])}}}'
    return (
        f'{{"type":"Feature","id":{json.dumps(plot["id"])},'
        f'"properties":{json.dumps(properties, ensure_ascii=False)},"geometry":{written}}}'
    )


def write_coordinates(coordinates: object) -> str:
    """Return positions as JSON, every number with at least six decimals and none of its own lost."""
    if isinstance(coordinates, list):
        return f"[{','.join(write_coordinates(part) for part in cast('Sequence[object]', coordinates))}]"
    degrees = Decimal(str(coordinates))
    decimals = max(-int(degrees.as_tuple().exponent), LEAST_DECIMALS)
    return f"{degrees:.{decimals}f}"
