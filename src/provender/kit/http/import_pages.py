"""The page on which a person imports a file; what it holds belongs to the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel

from provender.kit.csv.errors import CsvRowsRefused, Fault
from provender.kit.errors import InvalidInput, Refusal
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import refused_form
from provender.kit.http.forms import read_form
from provender.kit.http.imports import Import, ImportMode, uploaded_file
from provender.kit.http.pages import say, show
from provender.kit.ui.form import Form

Payload = TypeVar("Payload", bound=BaseModel)


@dataclass(frozen=True)
class ImportPage(Generic[Payload]):
    """One import as a page below the list of its records, at `<list_href>/import`.

    Attributes:
        title: English message.
        list_title: English name of the list.
    """

    source: Import[Payload]
    title: str
    list_title: str
    list_href: str

    async def show(self, request: Request) -> Response:
        """Show where to choose a file."""
        return await self._show(request, Form({"mode": ImportMode.ALL}))

    async def run(self, request: Request) -> Response:
        """Import the file that was sent; tell what became of it, or what is wrong with it."""
        form = await read_form(request)
        mode = str(form.values.get("mode", ""))
        try:
            added, refused = await self.source.save(
                request, await uploaded_file(form.values.get("file")), _mode_of(mode)
            )
        except CsvRowsRefused as refusal:
            again = replace(refused_form({"mode": mode}, refusal), errors={})
            return await self._show(request, again, refused=refusal.faults, status=refusal.status)
        except Refusal as refusal:
            again = refused_form({"mode": mode}, refusal)
            return await self._show(request, again, status=refusal.status)
        return await self._show(request, Form({"mode": mode}), added=added, refused=refused)

    async def _show(
        self,
        request: Request,
        form: Form,
        *,
        added: int | None = None,
        refused: Sequence[Fault] = (),
        status: int = 200,
    ) -> Response:
        async with reading(request) as work:
            caller = await work.caller()
        context = {
            "f": form,
            "added": added,
            "refused": [(fault.line, fault.field, say(request, fault.sentence)) for fault in refused],
            "title": say(request, self.title),
            "trail": [(say(request, self.list_title), self.list_href)],
            "action": f"{self.list_href}/import",
            "list_href": self.list_href,
            "required": self.source.headings.required,
            "optional": self.source.headings.optional,
        }
        return show(request, caller, "ui/import.html", context, status=status)


def _mode_of(written: str) -> ImportMode:
    if written not in list(ImportMode):
        raise InvalidInput("Choose what happens with bad rows.", field="mode")
    return ImportMode(written)
