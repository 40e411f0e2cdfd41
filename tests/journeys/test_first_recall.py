"""From "a shop in Munich reports an off-flavour" to a finished recall, as the tutorial tells it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import watch_console
from tests.journeys.live import Live, open_page, sign_in

IMAGES = Path(__file__).parents[2] / "docs/tutorials/images"
WRITES_IMAGES = bool(os.environ.get("PROVENDER_WRITE_IMAGES"))
"""Set by `make tutorial`; otherwise pictures go to a temporary folder."""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Album:
    """Takes the pictures of the tutorial, numbered in order."""

    def __init__(self, page: Page, folder: Path) -> None:
        self._page, self._folder, self._number = page, folder, 0
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str) -> None:
        """Take a picture of what is to be seen."""
        self._number += 1
        self._page.screenshot(path=self._folder / f"{self._number}-{name}.png", full_page=False)


class Clicks:
    """Clicks that are counted."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.count = 0

    def press(self, role: Literal["button", "link"], name: str, *, then: str) -> None:
        """Click something by what it is called, and wait for the text that follows."""
        self.count += 1
        self._page.get_by_role(role, name=name).first.click()
        self._page.get_by_text(then).first.wait_for()
        self._page.wait_for_load_state("networkidle")


def test_five_clicks_lead_from_the_complaint_of_a_shop_to_a_finished_recall(
    chromium: Browser, live: Live, tmp_path: Path
) -> None:
    context, page = open_page(chromium, live, viewport={"width": 1280, "height": 900})
    errors = watch_console(page)
    sign_in(page, live)
    album = Album(page, IMAGES if WRITES_IMAGES else tmp_path)
    clicks = Clicks(page)
    album.take("start")

    clicks.press("link", "Feinkost Isartor", then="Where it may have come from")
    album.take("investigate")
    clicks.press("button", "See how far it reaches", then="pieces that can still be stopped")
    page.locator("#reach").scroll_into_view_if_needed()
    album.take("reach")
    clicks.press("button", "Open the recall", then="What to do next")
    album.take("opened")
    clicks.press("button", "Mark all notices as sent", then="22 of 22 notices sent")
    album.take("notices-sent")
    clicks.press("button", "Finish the recall", then="The recall is finished.")
    album.take("finished")

    assert clicks.count == 5
    assert page.get_by_text("Finished").first.is_visible()
    for figure in ("batches affected", "orders", "customers to tell", "pieces stopped"):
        assert page.get_by_text(figure).first.is_visible()
    case = page.url
    assert page.request.get(f"{case.replace('/trace/recalls/', '/api/trace/recall-cases/')}/mass-balance").ok
    assert errors == []
    check_what_a_finished_case_offers(page, case)
    context.close()


def check_what_a_finished_case_offers(page: Page, case: str) -> None:
    """Notices for everybody, exports that hold something, and the bar on hold."""
    page.goto(f"{case}/notices")
    assert page.locator("details.sheet").count() > 20
    for kind in ("csv", "xlsx"):
        export = page.request.get(f"{case.replace('/trace/recalls/', '/api/trace/recall-cases/')}/export?format={kind}")
        assert export.ok, export.status
        assert len(export.body()) > 2000
    page.goto("/trace/holds?active=true")
    assert page.get_by_text("ALT-0418").first.is_visible()
