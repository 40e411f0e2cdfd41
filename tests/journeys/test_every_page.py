"""Every page that links lead to: nothing inaccessible, no error, no sideways scrolling, in three languages."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import axe_violations, overflow_px, watch_console
from tests.journeys.live import Live, open_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
MOST_PAGES = 120


@dataclass(frozen=True)
class Look:
    """One way in which a page is looked at."""

    language: str
    scheme: str
    width: int


LOOKS = [Look("en", "light", 1280), Look("de", "dark", 390), Look("ja", "light", 320)]


def pattern_of(address: str) -> str:
    """Return what kind of page an address is: its path without ids, with the kind of form it asks for."""
    parts = urlsplit(address)
    kind = re.search(r"kind=([a-z]+)", parts.query)
    return ID.sub("{id}", parts.path) + (f"?kind={kind[1]}" if kind else "")


def links_of(page: Page) -> list[str]:
    """Return the addresses on this server that a page links to, downloads left out."""
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('a[href]:not([download])')].map(a => a.getAttribute('href'))"
    )
    return [
        address
        for address in found
        if address.startswith("/") and not address.startswith(("/api/", "/static/")) and not address.endswith(".svg")
    ]


def visit(page: Page, address: str) -> tuple[list[str], list[str]]:
    """Look at a page and return where it leads and what is wrong with it."""
    answer = page.goto(address)
    assert answer is not None
    if answer.status != 200:
        return [], [f"{address} answers {answer.status}"]
    links, wider_px = links_of(page), overflow_px(page)
    faults = [f"{address}: {wider_px} px wider than its window"] if wider_px > 0 else []
    return links, faults + [f"{address}: {violation}" for violation in axe_violations(page)]


def crawl(page: Page) -> tuple[list[str], list[str]]:
    """Look once at every kind of page that links lead to, beginning at the start page.

    Returns the kinds seen and the faults found.
    """
    seen: list[str] = []
    faults: list[str] = []
    waiting = deque(["/"])
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        if pattern_of(address) in seen:
            continue
        seen.append(pattern_of(address))
        links, wrong = visit(page, address)
        faults += wrong
        waiting.extend(link for link in links if pattern_of(link) not in seen)
    return seen, faults


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.language}-{look.scheme}-{look.width}")
def test_every_page_is_accessible_fits_its_screen_and_breaks_nothing(chromium: Browser, live: Live, look: Look) -> None:
    size = {"width": look.width, "height": 900}
    context, page = open_page(chromium, live, viewport=size, color_scheme=look.scheme)
    errors = watch_console(page)
    sign_in(page, live, "administrator")
    context.add_cookies([{"name": "language", "value": look.language, "url": live.address}])

    seen, faults = crawl(page)

    assert faults == []
    assert errors == []
    assert len(seen) > 25
    context.close()
