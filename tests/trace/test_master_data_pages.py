"""Pages of farms, suppliers, materials, products and customers, as a browser uses them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from httpx2 import Response

from provender.kit.ui.translations import list_missing_translations
from tests.maker import PASSWORD, Maker
from tests.trace.records import KINDS, RecordKind

SOURCE = Path(__file__).parents[2] / "src" / "provender"
MOST_STATEMENTS = 5
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.things)


class Browser:
    """A person who signed in and fills in forms."""

    def __init__(self, maker: Maker, role: str = "manager", language: str = "en") -> None:
        self.client = maker.client
        self.client.cookies.clear()
        signed_in = self.client.post("/sign-in", data={"email": maker.emails[role], "password": PASSWORD, "then": "/"})
        assert signed_in.status_code == 303
        self.client.cookies.set("language", language)

    def open(self, address: str) -> Response:
        return self.client.get(address)

    def send(self, page: str, fields: Mapping[str, object], *, address: str = "", **more: object) -> Response:
        """Open a page, fill its form in and send it."""
        opened = self.open(page)
        assert opened.status_code == 200, opened.text[:500]
        hidden = dict(re.findall(r'<input type="hidden" name="(csrf_token|version)" value="([^"]*)"', opened.text))
        return self.client.post(address or page, data={**hidden, **fields}, **more)  # type: ignore[arg-type]


def form_of(kind: RecordKind, **changes: object) -> dict[str, object]:
    return {name: value for name, value in {**kind.sample, **changes}.items() if value is not None}


@every_kind
def test_a_record_is_added_changed_archived_with_undo_and_deleted_in_the_browser(
    kind: RecordKind, maker: Maker
) -> None:
    browser = Browser(maker)
    assert "yet." in browser.open(f"/trace/{kind.things}").text

    address = browser.send(f"/trace/{kind.things}/new", form_of(kind)).headers["location"]
    changed = browser.send(f"{address}/edit", form_of(kind, name="Renamed & <b>bold</b>"))
    assert changed.headers["location"] == address
    shown = browser.open(address).text
    assert "was changed." in shown
    assert "Renamed &amp; &lt;b&gt;bold&lt;/b&gt;" in shown

    browser.send(address, {}, address=f"{address}/archive")
    toast = browser.open(address).text
    assert f'action="{address}/restore"' in toast
    assert "is archived" in toast
    browser.send(address, {}, address=f"{address}/restore")
    assert "is archived" not in browser.open(address).text

    assert "can be deleted for good" in browser.open(f"{address}/delete").text
    removed = browser.send(f"{address}/delete", {})
    assert removed.headers["location"] == f"/trace/{kind.things}"
    assert browser.open(address).status_code == 404


@every_kind
def test_a_wrong_form_is_shown_again_with_its_entries_and_the_faults_beside_the_fields(
    kind: RecordKind, maker: Maker
) -> None:
    browser = Browser(maker, language="de")

    refused = browser.send(f"/trace/{kind.things}/new", {**form_of(kind), kind.key: "", "country": "XX"})

    assert refused.status_code == 422
    assert "Pflichtfeld" in refused.text
    assert 'aria-invalid="true"' in refused.text
    if "note" in kind.sample:
        assert str(kind.sample["note"]) in refused.text


@every_kind
def test_a_form_based_on_an_old_version_changes_nothing(kind: RecordKind, maker: Maker) -> None:
    browser = Browser(maker)
    address = browser.send(f"/trace/{kind.things}/new", form_of(kind)).headers["location"]
    browser.send(f"{address}/edit", form_of(kind, name="First"))

    stale = browser.send(f"{address}/edit", {**form_of(kind, name="Second"), "version": "1"})

    assert stale.status_code == 412
    assert "Somebody changed this" in stale.text
    assert "First" in browser.open(address).text


@every_kind
def test_a_list_is_filtered_by_its_address_and_offers_an_export_of_the_same(kind: RecordKind, maker: Maker) -> None:
    maker.post(kind.address, dict(kind.sample))
    browser = Browser(maker)
    parameter = "name" if kind.key == "name" else "search"

    found = browser.open(f"/trace/{kind.things}?{parameter}={str(kind.sample[kind.key])[:4]}&archived=false").text
    missed = browser.open(f"/trace/{kind.things}?{parameter}=zzz").text

    assert f"/api/trace/{kind.things}/export?{parameter}=" in found
    exported = browser.open(f"/api/trace/{kind.things}/export?archived=false&{parameter}=")
    assert exported.status_code == 200
    assert str(kind.sample[kind.key]) in exported.text
    assert "Nothing matches" in missed
    assert str(kind.sample["name"]) not in missed


@every_kind
def test_a_file_is_imported_and_bad_rows_are_shown_in_the_reader_s_words(kind: RecordKind, maker: Maker) -> None:
    browser = Browser(maker, language="de")
    header, row = kind.bare_row
    content = "\n".join([header, row.replace("@", "A"), row.replace("@", "A")])
    page, file = f"/trace/{kind.things}/import", {"file": ("rows.csv", content.encode(), "text/csv")}

    refused = browser.send(page, {"mode": "all"}, files=file)
    kept = browser.send(page, {"mode": "good"}, files=file)
    nothing = browser.send(page, {"mode": "good"}, files={"file": ("", b"", "text/csv")})
    unclear = browser.send(page, {"mode": "some"}, files=file)

    assert (refused.status_code, kept.status_code, nothing.status_code, unclear.status_code) == (422, 200, 422, 422)
    assert "Was in der Datei nicht stimmt" in refused.text
    assert "1 Zeile wurde importiert." in kept.text
    assert "Es gibt schon" in kept.text
    assert "Es wurde keine Datei gewählt." in nothing.text


@every_kind
def test_pages_cost_at_most_five_statements(kind: RecordKind, maker: Maker) -> None:
    record = maker.post(kind.address, dict(kind.sample)).json()["id"]
    browser = Browser(maker)

    for end in ("", "/new", "/import", f"/{record}", f"/{record}/edit", f"/{record}/delete"):
        before = maker.statements()
        assert browser.open(f"/trace/{kind.things}{end}").status_code == 200
        assert maker.statements() - before <= MOST_STATEMENTS


@every_kind
def test_staff_and_forgers_change_nothing(kind: RecordKind, maker: Maker) -> None:
    staff = Browser(maker, "staff")

    assert staff.send(f"/trace/{kind.things}/new", form_of(kind)).status_code == 403
    forged = staff.client.post(f"/trace/{kind.things}/new", data=form_of(kind))
    assert forged.status_code == 403
    assert maker.get(kind.address).json()["items"] == []


@pytest.mark.parametrize("kind", [kind.things for kind in KINDS])
def test_every_word_of_the_pages_is_there_in_german_and_japanese(kind: str) -> None:
    catalogs = [SOURCE / "kit" / "ui" / "locales", SOURCE / "trace" / "locales"]

    assert list(list_missing_translations(SOURCE / "trace" / kind, catalogs)) == []


def test_a_language_that_nobody_speaks_here_is_not_taken_from_a_cookie(maker: Maker) -> None:
    browser = Browser(maker, language="xx/../de")

    page = browser.open("/trace/farms/new")

    assert page.status_code == 200
    assert '<html lang="en"' in page.text


def test_a_plot_is_drawn_on_the_page_of_its_farm_and_taken_from_a_map_or_geojson(maker: Maker) -> None:
    browser = Browser(maker)
    farm = browser.send("/trace/farms/new", {"name": "Elvesia", "country": "DO"}).headers["location"]
    outline = '{"type":"Polygon","coordinates":[[[-69.2,18.7],[-69.199,18.7],[-69.199,18.701],[-69.2,18.7]]]}'

    browser.send(f"{farm}/plots/new", {"name": "Hill", "geometry": outline})
    browser.send(f"{farm}/plots/new", {"name": "Nursery", "geometry": "18.654321, -69.123456", "area_ha": "0.8"})
    refused = browser.send(f"{farm}/plots/new", {"name": "Nowhere", "geometry": "next to the river"})

    assert refused.status_code == 422
    assert "next to the river" in refused.text
    shown = browser.open(farm).text
    assert shown.count('class="plot"') == 2
    assert "Fewer than 6 decimals" in shown
    plots = {plot["name"]: plot for plot in maker.get(f"/api{farm}/plots").json()["items"]}
    assert plots["Nursery"]["geometry"] == {"type": "Point", "coordinates": [-69.123456, 18.654321]}


def test_a_plot_is_changed_archived_and_deleted_from_the_page_of_its_farm(maker: Maker) -> None:
    browser = Browser(maker)
    farm = maker.post("/api/trace/farms", {"name": "Elvesia", "country": "DO"}).json()["id"]
    browser = Browser(maker)
    browser.send(f"/trace/farms/{farm}/plots/new", {"name": "Hill", "area_ha": "2"})
    plot = re.search(r"/trace/plots/([0-9a-f-]{36})/edit", browser.open(f"/trace/farms/{farm}").text)
    assert plot is not None
    address = f"/trace/plots/{plot[1]}"

    browser.send(f"{address}/edit", {"name": "Lower hill", "area_ha": "3"})
    browser.send(f"/trace/farms/{farm}", {}, address=f"{address}/archive")
    archived = browser.open(f"/trace/farms/{farm}").text
    browser.send(f"/trace/farms/{farm}", {}, address=f"{address}/restore")

    assert f'action="{address}/restore"' in archived
    assert "Lower hill" in archived
    assert "can be deleted for good" in browser.open(f"{address}/delete").text
    assert browser.send(f"{address}/delete", {}).headers["location"] == f"/trace/farms/{farm}"
    assert "No plots yet." in browser.open(f"/trace/farms/{farm}").text


def test_what_needs_a_farm_is_counted_and_the_way_out_is_offered(maker: Maker) -> None:
    farm = maker.post("/api/trace/farms", {"name": "Elvesia", "country": "DO"}).json()["id"]
    for name in ("Hill", "Valley"):
        maker.post(f"/api/trace/farms/{farm}/plots", {"name": name})
    browser = Browser(maker)

    preview = browser.open(f"/trace/farms/{farm}/delete").text
    refused = browser.send(f"/trace/farms/{farm}/delete", {}, address=f"/trace/farms/{farm}/delete")

    assert "blocks the delete" in preview
    assert "2 rows" in preview
    assert f'action="/trace/farms/{farm}/archive"' in preview
    assert f'action="/trace/farms/{farm}/delete"' not in preview
    assert refused.status_code == 409
    assert "This farm has plots." in refused.text


def test_a_site_is_added_changed_archived_and_deleted_from_the_page_of_its_customer(maker: Maker) -> None:
    customer = maker.post("/api/trace/customers", {"name": "Maier", "country": "DE"}).json()["id"]
    browser = Browser(maker)
    page = f"/trace/customers/{customer}"
    fields = {"name": "Store 1", "address": "Marktplatz 1\r\nMünchen", "country": "DE", "time_zone": "Europe/Berlin"}

    assert 'value="Europe/Berlin"' in browser.open(f"{page}/sites/new").text
    assert browser.send(f"{page}/sites/new", {**fields, "address": ""}).status_code == 422
    browser.send(f"{page}/sites/new", fields)
    site = re.search(r"/trace/customer-sites/([0-9a-f-]{36})/edit", browser.open(page).text)
    assert site is not None
    address = f"/trace/customer-sites/{site[1]}"
    browser.send(f"{address}/edit", {**fields, "name": "Store 2"})
    browser.send(page, {}, address=f"{address}/archive")
    archived = browser.open(page).text
    browser.send(page, {}, address=f"{address}/restore")

    assert "Marktplatz 1, München" in archived
    assert "Store 2" in archived
    assert f'action="{address}/restore"' in archived
    assert browser.send(f"{address}/delete", {}).headers["location"] == page
    assert "No sites yet." in browser.open(page).text


def test_a_product_may_be_made_of_a_finished_material_that_is_not_sold_yet(maker: Maker) -> None:
    material = {"code": "BAR", "name": "Bar", "kind": "finished", "base_unit": "piece"}
    material_id = maker.post("/api/trace/materials", material).json()["id"]
    browser = Browser(maker)
    fields = {"sku": "BAR-70", "name": "Dark", "net_mass_g": "70", "material_id": material_id}

    assert "BAR · Bar" in browser.open("/trace/products/new").text
    address = browser.send("/trace/products/new", fields).headers["location"]

    assert f"/trace/materials/{material_id}" in browser.open(address).text
    assert "BAR · Bar" not in browser.open("/trace/products/new").text
