"""A real Chromium for tests of pages, and axe-core to look at them.

Plain fixtures and functions: tests/conftest.py and journeys import what they need from here.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

AXE_PATH = Path(__file__).parents[1] / "frontend/node_modules/axe-core/axe.min.js"
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
RELEASE_STICKY_BARS = """() => document.querySelectorAll('.form > .actions, #toast')
    .forEach((bar) => { bar.style.position = 'static'; })"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def find_chromium() -> str:
    """Return the path of Chromium: the CHROMIUM variable, else the system's."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return named or "/usr/bin/chromium"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module; every test opens its own context in it.

    Not for the whole run: as long as Playwright is there, its loop runs in this thread, and a test
    of the command line, which runs one of its own, could not follow in the same worker.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--disable-gpu"])
        yield browser
        browser.close()


def axe_violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page: rule, impact and the elements, one line each.

    The source is evaluated, not inserted as a script tag, because the page's policy forbids that.
    Bars that stick to the bottom edge are let go first: axe takes what lies under them at this
    moment for too small a target, though it scrolls free and never holds the focus there.
    """
    page.evaluate(RELEASE_STICKY_BARS)
    page.evaluate(AXE_PATH.read_text())
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found = cast("dict[str, list[dict[str, object]]]", page.evaluate("options => axe.run(options)", options))
    return [_describe(violation) for violation in found["violations"]]


def watch_console(page: Page) -> list[str]:
    """Return a list that grows by every error the page reports from now on."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def overflow_px(page: Page) -> int:
    """Return by how many pixels the page is wider than its window; 0 means no sideways scrolling."""
    script = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))


def _describe(violation: dict[str, object]) -> str:
    nodes = cast("list[dict[str, object]]", violation["nodes"])
    targets = "; ".join(str(node["target"]) for node in nodes[:5])
    return f"{violation['id']} ({violation['impact']}): {targets}"
