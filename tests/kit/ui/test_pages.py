"""Rendering: who reads, what is visible, what is escaped."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from provender.kit.ui.assets import AssetsMissing, read_manifest
from provender.kit.ui.icons import ICON_NAMES, draw_icon
from provender.kit.ui.pages import NavigationItem, Pages, is_current, with_query
from tests.kit.ui.specimen import SomeViewer, make_request


def make_pages(folder: Path, body: str, *navigation: NavigationItem) -> Pages:
    """Return pages with one template, room/page.html."""
    (folder / "room").mkdir()
    (folder / "room" / "page.html").write_text(body)
    return Pages([folder], navigation=navigation)


def test_what_people_typed_is_escaped(tmp_path: Path) -> None:
    pages = make_pages(tmp_path, "<p>{{ code }}</p>")

    answer = pages.render(make_request("en"), "room/page.html", {"code": "<script>"})

    assert bytes(answer.body) == b"<p>&lt;script&gt;</p>"


def test_answers_vary_by_htmx_and_cookie_and_carry_the_status(tmp_path: Path) -> None:
    pages = make_pages(tmp_path, "refused")

    answer = pages.render(make_request("en"), "room/page.html", {}, status=422)

    assert answer.status_code == 422
    assert answer.headers["vary"] == "HX-Request, Cookie"


def test_a_name_that_nobody_gave_is_an_error(tmp_path: Path) -> None:
    pages = make_pages(tmp_path, "{{ batch }}")

    with pytest.raises(UndefinedError, match="batch"):
        pages.render(make_request("en"), "room/page.html", {})


def test_the_same_template_reads_in_the_language_and_zone_of_each_reader(tmp_path: Path) -> None:
    body = "{% from 'ui/parts.html' import quantity %}{{ _('Undo') }} {{ 1234.5|number }} {{ quantity(2, 'piece') }}"
    pages = make_pages(tmp_path, body)

    texts = [
        bytes(pages.render(make_request(language), "room/page.html", {}).body).decode()
        for language in ("de", "en", "ja")
    ]

    assert texts[0].startswith("Rückgängig 1.234,5 ")
    assert texts[1].startswith("Undo 1,234.5 ")
    assert [text.split("</data>")[0].split()[-1] for text in texts] == ["Stück", "pieces", "個"]


def test_a_request_without_state_gets_quiet_defaults(tmp_path: Path) -> None:
    pages = make_pages(tmp_path, "{{ language }} {{ zone }} {{ theme }} {{ viewer }} {{ csrf_token }}")
    request = make_request("en")
    for name in ("language", "zone", "theme", "viewer", "csrf_token", "toast"):
        delattr(request.state, name)

    answer = pages.render(request, "room/page.html", {})

    assert bytes(answer.body) == b"en UTC system None "


def test_an_unknown_language_or_theme_falls_back(tmp_path: Path) -> None:
    pages = make_pages(tmp_path, "{{ language }} {{ theme }}")
    request = make_request("en", "purple")
    request.state.language = "xx"

    assert bytes(pages.render(request, "room/page.html", {}).body) == b"en system"


def test_navigation_shows_what_the_role_may_open(tmp_path: Path) -> None:
    pages = make_pages(
        tmp_path,
        "{{ navigation|map(attribute='href')|join(' ') }}",
        NavigationItem("Batch", "/b", "batch"),
        NavigationItem("Farm", "/f", "farm", roles=frozenset({"administrator"})),
    )
    request = make_request("en")

    as_manager = pages.render(request, "room/page.html", {})
    request.state.viewer = SomeViewer(role="administrator")
    as_administrator = pages.render(request, "room/page.html", {})
    request.state.viewer = None
    as_stranger = pages.render(request, "room/page.html", {})

    assert [bytes(one.body) for one in (as_manager, as_administrator, as_stranger)] == [b"/b", b"/b /f", b""]


def test_words_outside_templates_are_translated_for_the_reader(tmp_path: Path) -> None:
    pages = make_pages(tmp_path, "")

    assert pages.translate(make_request("de"), "Undo") == "Rückgängig"


@pytest.mark.parametrize(
    ("address", "changes", "expected"),
    [
        ("/b?state=held&cursor=x", {"sort": "-code"}, "/b?state=held&sort=-code"),
        ("/b?sort=code&sort=mass", {"sort": None}, "/b"),
        ("/b", {"q": "L 26/ä"}, "/b?q=L+26%2F%C3%A4"),
        ("/b?q=", {}, "/b?q="),
    ],
)
def test_changing_a_parameter_keeps_the_others_and_drops_the_cursor(
    address: str, changes: dict[str, object], expected: str
) -> None:
    assert with_query(address, **changes) == expected


def test_an_entry_is_current_on_every_page_below_it() -> None:
    assert is_current("/trace/batches/1", "/trace/batches")
    assert not is_current("/trace/batches-old", "/trace/batches")
    assert is_current("/", "/")
    assert not is_current("/trace", "/")


def test_missing_browser_files_name_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing, match="make environment"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("name", ICON_NAMES)
def test_icons_are_hidden_from_readers_unless_they_are_labelled(name: str) -> None:
    assert 'aria-hidden="true"' in draw_icon(name)
    assert 'role="img" aria-label="&lt;Hold&gt;"' in draw_icon(name, "<Hold>")
