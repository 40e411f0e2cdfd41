"""The specimen page in a real Chromium: accessible, quiet, as wide as its window, alive."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe_violations, overflow_px, watch_console
from tests.kit.ui.specimen_server import serve_specimen

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def specimen_url() -> Iterator[str]:
    """Address of the specimen page."""
    with serve_specimen() as address:
        yield address


@contextmanager
def open_page(
    chromium: Browser, address: str, *, width: int = 1280, scheme: str = "light", scripts: bool = True
) -> Generator[Page]:
    """Open an address in a window of its own."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


@pytest.fixture
def page(chromium: Browser, specimen_url: str) -> Iterator[Page]:
    """The specimen without errors or toast, wide."""
    with open_page(chromium, f"{specimen_url}?clean=1") as opened:
        yield opened


@pytest.mark.parametrize("language", ["en", "de", "ja"])
@pytest.mark.parametrize("window", [(1280, "light"), (1280, "dark"), (390, "dark"), (320, "light")])
def test_the_page_has_no_fault_that_axe_finds_and_fits_its_window(
    chromium: Browser, specimen_url: str, language: str, window: tuple[int, str]
) -> None:
    width, scheme = window
    with open_page(chromium, f"{specimen_url}?language={language}", width=width, scheme=scheme) as opened:
        assert axe_violations(opened) == []
        assert overflow_px(opened) == 0


def test_the_strict_policy_breaks_nothing(chromium: Browser, specimen_url: str) -> None:
    with open_page(chromium, "about:blank") as opened:
        errors = watch_console(opened)

        opened.goto(specimen_url)
        for island in ("scan-field", "trace-graph", "toast-message", "line-editor", "copy-code", "theme-switch"):
            opened.wait_for_function("name => customElements.get(name)", arg=island)

        assert errors == []


@pytest.mark.parametrize("width", [1280, 320])
def test_without_script_everything_is_there_but_what_needs_script(
    chromium: Browser, specimen_url: str, width: int
) -> None:
    with open_page(chromium, specimen_url, width=width, scripts=False) as opened:
        expect(opened.get_by_role("button", name="Save the packing")).to_be_visible()
        expect(opened.get_by_role("button", name="Show", exact=True)).to_be_visible()
        expect(opened.get_by_role("button", name="Add a line")).to_be_hidden()
        expect(opened.get_by_role("button", name="Zoom in")).to_be_hidden()
        assert opened.locator(".line").count() == 3


def test_without_script_the_menu_still_opens(chromium: Browser, specimen_url: str) -> None:
    with open_page(chromium, specimen_url, width=390, scripts=False) as opened:
        expect(opened.get_by_role("navigation", name="Main navigation")).to_be_hidden()

        opened.get_by_role("button", name="Menu").click()

        expect(opened.get_by_role("link", name="Product")).to_be_visible()


def test_a_refused_form_comes_back_with_the_focus_in_its_first_wrong_field(page: Page) -> None:
    page.locator("#field-code").fill("L-2611-M9")
    page.locator("#field-mass").fill("57.5")
    page.locator("#field-at").fill("2026-11-20T14:05")
    page.locator("#field-customer").select_option("1")
    page.get_by_label("Quality").check()

    page.get_by_role("button", name="Save the packing").click()

    expect(page.locator("#field-code")).to_be_focused()
    expect(page.get_by_role("alert").first).to_contain_text("Your entries are still here.")
    assert "clean" in page.url


def test_an_accepted_form_leads_to_the_next_address_without_a_new_page(page: Page) -> None:
    page.evaluate("() => { window.isSamePage = true; }")
    page.locator("#field-second-note").fill("tasted")

    page.get_by_role("button", name="Release").click()

    page.wait_for_url("**/specimen?clean=1&saved=1")
    assert page.evaluate("() => window.isSamePage")
    expect(page.locator("#main")).to_be_focused()


def test_a_button_that_is_a_form_works_without_script(chromium: Browser, specimen_url: str) -> None:
    with open_page(chromium, f"{specimen_url}?clean=1", scripts=False) as opened:
        opened.get_by_role("button", name="On hold").click()

        opened.wait_for_url("**/specimen?clean=1&saved=1")


def test_filtering_narrows_the_list_and_the_address_while_typing(page: Page) -> None:
    page.locator("#field-q").press_sequentially("10407")

    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(page.locator("#field-q")).to_be_focused()
    assert page.url.endswith("/specimen?q=10407")


def test_the_address_alone_shows_the_same_list(page: Page) -> None:
    page.goto(page.url.replace("clean=1", "q=10407"))

    expect(page.locator("#results tbody tr")).to_have_count(1)


SCANNED = {
    "L-2611-M1": "L-2611-M1",
    "https://trace.example/01/04012345678901/10/L-2611-M1": "L-2611-M1",
    "https://trace.example/01/04012345678901/10/L%2F26?17=271130": "L/26",
    "(01)04012345678901(17)271130(10)L-2611-M1": "L-2611-M1",
    "]C1010401234567890110L-2611-M1": "L-2611-M1",
    "0104012345678901172711301026-M1\u001d21777": "26-M1",
    "https://trace.example/nothing": "https://trace.example/nothing",
    "10407": "10407",
}


@pytest.mark.parametrize(("scanned", "code"), SCANNED.items(), ids=str)
def test_a_scan_is_reduced_to_its_lot_and_never_sends_the_form(page: Page, scanned: str, code: str) -> None:
    page.wait_for_function("() => customElements.get('scan-field')")
    field = page.locator("#field-code")
    field.evaluate("(input, text) => { input.value = text; }", scanned)

    field.press("Enter")

    expect(field).to_have_value(code)
    expect(page.locator("#field-mass")).to_be_focused()


def test_lines_are_added_and_removed_with_the_focus_kept(page: Page) -> None:
    page.wait_for_function("() => customElements.get('line-editor')")

    page.get_by_role("button", name="Add a line").click()

    expect(page.locator("#field-inputs-2-code")).to_be_focused()
    expect(page.get_by_label("Batch").last).to_have_attribute("name", "inputs-2-code")
    page.get_by_role("button", name="Remove this line").nth(1).click()
    expect(page.locator("#field-inputs-2-code")).to_be_focused()
    assert page.locator(".line").count() == 2


def test_slash_finds_and_g_with_a_letter_opens(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Find a code")).to_be_focused()

    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("g")
    page.keyboard.press("p")

    page.wait_for_url("**/trace/products")


def test_shortcuts_are_listed_and_can_be_switched_off(page: Page) -> None:
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("Product")
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")

    page.keyboard.press("/")

    expect(page.get_by_role("searchbox", name="Find a code")).not_to_be_focused()


def test_the_appearance_changes_at_once_and_is_kept_in_a_cookie(page: Page) -> None:
    page.wait_for_function("() => customElements.get('theme-switch')")
    page.get_by_role("button", name="Annika Weiß").click()

    page.get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("() => document.cookie") == "theme=dark"


def test_a_toast_offers_undo_and_goes_away(chromium: Browser, specimen_url: str) -> None:
    with open_page(chromium, "about:blank") as opened:
        opened.clock.install()
        opened.goto(specimen_url)
        opened.wait_for_function("() => customElements.get('toast-message')")
        toast = opened.get_by_role("status").filter(has_text="on hold")
        expect(toast.get_by_role("button", name="Undo")).to_be_visible()

        opened.clock.run_for(8_100)

        expect(toast).to_have_count(0)


def test_a_code_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.wait_for_function("() => customElements.get('copy-code')")

    page.get_by_role("button", name="Copy (01)").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == "(01)04012345678901(10)L-2611"


def test_arrow_keys_walk_the_graph_and_light_what_is_connected(page: Page) -> None:
    page.wait_for_function("() => customElements.get('trace-graph')")
    page.locator("[data-id=A1]").focus()

    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-id=N1]")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")

    expect(page.locator("[data-id=B1]")).to_be_focused()
    expect(page.locator("[data-from=B1][data-to=N1]")).to_have_class("edge is-on")


def test_the_graph_grows_and_fits(page: Page) -> None:
    page.wait_for_function("() => customElements.get('trace-graph')")
    drawing = page.locator(".graph svg")
    width = page.locator(".graph").evaluate("region => region.clientWidth")

    page.get_by_role("button", name="Fit").click()
    fitted = drawing.evaluate("svg => svg.getBoundingClientRect().width")
    page.get_by_role("button", name="Zoom in").click()

    assert abs(fitted - width) < 2
    assert drawing.evaluate("svg => svg.getBoundingClientRect().width") > fitted * 1.2


def test_a_phone_shows_the_trace_as_a_list_and_the_drawing_on_request(chromium: Browser, specimen_url: str) -> None:
    with open_page(chromium, f"{specimen_url}?clean=1", width=390) as opened:
        opened.wait_for_function("() => customElements.get('trace-graph')")
        expect(opened.locator(".graph-list").get_by_role("link", name="SO-10404")).to_be_visible()
        expect(opened.locator(".graph")).to_be_hidden()

        opened.get_by_role("button", name="Show as a drawing").click()

        expect(opened.locator(".graph")).to_be_visible()
        assert overflow_px(opened) == 0


def test_on_paper_there_are_no_controls_and_no_darkness(chromium: Browser, specimen_url: str) -> None:
    with open_page(chromium, specimen_url, width=390, scheme="dark") as opened:
        opened.emulate_media(media="print")

        expect(opened.locator(".graph")).to_be_visible()
        for control in (".sidebar", ".topbar", ".filters", ".pager", "#toast", ".tools"):
            expect(opened.locator(control).first).to_be_hidden()
        ground = opened.locator("html").evaluate("html => getComputedStyle(html).backgroundColor")
        assert ground == "rgb(255, 255, 255)"


def test_targets_are_large_enough_to_hit(chromium: Browser, specimen_url: str) -> None:
    script = """() => [...document.querySelectorAll('button, input, select, .button, .sidebar a, .tabs a')]
        .filter((one) => one.checkVisibility() && one.type !== 'hidden' && !one.closest('.unseen'))
        .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
        .filter(([, area]) => area.height < 24 && area.width > 1 && area.height > 1)
        .map(([html]) => html).filter((html) => !/type="(radio|checkbox)"/.test(html))"""
    with open_page(chromium, f"{specimen_url}?clean=1", width=390) as opened:
        assert opened.evaluate(script) == []
