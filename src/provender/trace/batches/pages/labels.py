"""Labels of batches, made for printing: a sheet of A4, or a roll of 62 mm."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote
from uuid import UUID

import segno
from fastapi import Query, Request, Response
from markupsafe import Markup
from pydantic import BaseModel, Field

from provender.kit.errors import NotFound
from provender.kit.gs1.errors import Gs1Refusal
from provender.kit.gs1.identification import Identification
from provender.kit.gs1.links import build_link
from provender.kit.http.edge import reading
from provender.kit.http.pages import show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.batches import store
from provender.trace.batches.model import LabelFacts

router = page_router("/trace/batches")
LARGEST_SHEET = 500
LABELS_PER_PAGE = 24
"""Three columns of eight on A4."""


class LabelQuery(BaseModel):
    """How labels are printed."""

    size: Literal["sheet", "roll"] = "sheet"
    count: int = Field(LABELS_PER_PAGE, ge=1, le=LARGEST_SHEET)


@router.get("/{batch_id}/label")
async def show_label(request: Request, batch_id: UUID, wanted: Annotated[LabelQuery, Query()]) -> Response:
    """Show the labels of a batch, ready to be printed."""
    async with reading(request) as work:
        facts = await store.select_label_facts(work, batch_id)
        caller = await work.caller()
        if facts is None:
            raise NotFound("There is no such batch.")
    link = label_link(facts, str(request.base_url).rstrip("/"))
    context = {
        "batch_id": batch_id,
        "facts": facts,
        "link": link,
        "qr": draw_qr(link),
        "size": wanted.size,
        "count": wanted.count if wanted.size == "sheet" else min(wanted.count, LARGEST_SHEET),
        "f": Form({"size": wanted.size, "count": wanted.count}),
    }
    return show(request, caller, "batches/label.html", context)


def label_link(facts: LabelFacts, own_origin: str) -> str:
    """Return what the QR code of a label says: a GS1 Digital Link, or our search where there is no GTIN.

    A code that no GS1 code can hold (a space, an umlaut, more than 20 characters) also leads to our search.

    Args:
        facts: What the label shows.
        own_origin: The address the page was opened at, without a closing slash.
    """
    if facts.gtin is not None:
        goods = Identification(gtin=facts.gtin, lot=facts.code, best_before_on=facts.best_before_on)
        try:
            return build_link(facts.resolver_origin or own_origin, goods)
        except Gs1Refusal:
            pass
    return f"{own_origin}/trace/find?code={quote(facts.code, safe='')}"


def draw_qr(text: str) -> Markup:
    """Return a QR code as SVG without size and without style attributes, which the page's policy forbids."""
    drawn = segno.make_qr(text, error="m").svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=2)
    return Markup(drawn)  # noqa: S704  # drawn by segno from modules; the text itself is not in it
