"""Language and theme, kept in cookies so that the server sends the right page at once."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Form, Request, Response

from provender.kit.http.pages import go
from provender.kit.http.routing import page_router

router = page_router("")
A_YEAR_S = 365 * 24 * 3600


@router.post("/preferences")
async def keep_preferences(
    request: Request,
    language: Annotated[Literal["en", "de", "ja"] | None, Form()] = None,
    theme: Annotated[Literal["system", "light", "dark"] | None, Form()] = None,
    return_to: Annotated[str, Form()] = "/",
) -> Response:
    """Keep what was chosen, and go back to the page where it was chosen."""
    is_own = return_to.startswith("/") and not return_to.startswith(("//", "/\\"))
    answer = go(request, return_to if is_own else "/")
    for name, value in (("language", language), ("theme", theme)):
        if value:
            answer.set_cookie(name, value, max_age=A_YEAR_S, samesite="lax", httponly=True)
    return answer
