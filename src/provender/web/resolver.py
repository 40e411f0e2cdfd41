"""The address printed in the square code of a label: whoever is signed in is led to the batch.

Strangers are asked to sign in; what the public may see of a batch is not decided yet.
"""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from provender.kit.http.pages import go

router = APIRouter(include_in_schema=False)
"""No strict router: a link carries whatever else its label says (15 best before, 17 use by, 21 serial)."""


@router.get("/01/{gtin}/10/{lot}")
async def resolve_link(request: Request, gtin: str, lot: str) -> Response:
    """Lead from a GS1 Digital Link (product 01, lot 10) to the search for its batch."""
    del gtin, lot
    return go(request, "/trace/find?" + urlencode({"code": str(request.url)}))
