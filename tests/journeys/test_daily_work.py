"""Daily work at the bench: a packing is recorded with the keyboard alone, in less than a minute."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import watch_console
from tests.journeys.live import Live, open_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
A_MINUTE_S = 60


def test_a_packing_is_recorded_by_keyboard_in_less_than_a_minute(chromium: Browser, live: Live) -> None:
    context, page = open_page(chromium, live, viewport={"width": 1280, "height": 900})
    faults = watch_console(page)
    sign_in(page, live, "staff")
    page.goto("/trace/processes/new?kind=mould")
    offered = page.locator("datalist option", has_text="kg").first.get_attribute("value")
    assert offered is not None

    began = time.monotonic()
    page.get_by_label("Batch").first.press_sequentially(offered)
    page.keyboard.press("Enter")
    expect(page.locator("#rest-0")).to_contain_text("free")
    page.get_by_label("Quantity").first.fill("1")
    page.get_by_label("Product").first.select_option(index=1)
    page.get_by_label("Pieces").first.fill("1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trace/processes/*-*")

    assert time.monotonic() - began < A_MINUTE_S
    expect(page.get_by_role("status").filter(has_text="It was recorded.")).to_be_visible()
    expect(page.get_by_text("What came out").first).to_be_visible()
    assert faults == []
    context.close()


def test_a_line_that_was_added_asks_what_is_free_too(chromium: Browser, live: Live) -> None:
    context, page = open_page(chromium, live)
    sign_in(page, live, "staff")
    page.goto("/trace/processes/new?kind=roast")
    offered = page.locator("datalist option").first.get_attribute("value")
    assert offered is not None

    page.get_by_role("button", name="Add an input").click()
    page.get_by_label("Batch").nth(1).fill(offered)

    expect(page.locator("#rest-1")).to_contain_text("free")
    context.close()
