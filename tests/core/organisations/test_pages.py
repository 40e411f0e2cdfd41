"""Pages of the organisation and its members, as a browser uses them."""

from __future__ import annotations

import re

import pytest
from httpx2 import Response

from tests.core.accounts.browser_session import PAGE, form_token_of, sign_in
from tests.core.organisations.test_routes import SETTINGS, member_of, person
from tests.maker import Maker


def page(maker: Maker, address: str) -> str:
    answer = maker.client.get(address, headers=PAGE)
    assert answer.status_code == 200, answer.text
    return answer.text


def send(maker: Maker, address: str, on: str = "", **fields: object) -> Response:
    """Send a form of a page, with its token and version."""
    text = page(maker, on or address)
    version = re.search(r'name="version"[^>]*value="(\d+)"', text)
    filled = {"csrf_token": form_token_of(text), "version": version[1] if version else "", **fields}
    return maker.client.post(address, data=filled)


def test_an_administrator_saves_the_settings_others_only_read_them(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["administrator"])

    saved = send(maker, "/organisation", **SETTINGS)

    assert saved.status_code == 303, saved.text
    assert "Altstadt Schokolade" in page(maker, "/organisation")
    sign_in(maker.client, maker.emails["staff"])
    assert 'name="time_zone"' not in page(maker, "/organisation")
    assert send(maker, "/organisation", **SETTINGS).status_code == 403


def test_settings_that_cannot_be_used_come_back_with_what_is_wrong(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["administrator"])

    refused = send(maker, "/organisation", **{**SETTINGS, "time_zone": "Vienna"})

    assert refused.status_code == 422
    assert "Altstadt Schokolade" in refused.text
    assert "name of a time zone" in refused.text


def test_a_person_is_added_found_and_shown(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["administrator"])

    added = send(maker, "/members/new", **person())

    assert added.status_code == 303, added.text
    assert "Sven Okoro" in page(maker, added.headers["location"])
    assert "Sven Okoro" in page(maker, "/members?name=Sven")
    assert "Sven Okoro" not in page(maker, "/members?name=Mara")
    again = send(maker, "/members/new", **person(maker.emails["staff"]))
    assert again.status_code == 409
    assert "works here already" in again.text


def test_a_membership_is_ended_and_brought_back_on_its_page(maker: Maker) -> None:
    address = f"/members/{member_of(maker, 'staff')['account_id']}"
    sign_in(maker.client, maker.emails["administrator"])

    ended = send(maker, address, is_ended="true")
    assert ended.status_code == 303, ended.text
    assert "Bring back" in page(maker, address)
    send(maker, address, is_ended="false")

    assert "Bring back" not in page(maker, address)


def test_the_last_administrator_is_told_what_to_do_first(maker: Maker) -> None:
    address = f"/members/{member_of(maker, 'administrator')['account_id']}"
    sign_in(maker.client, maker.emails["administrator"])

    refused = send(maker, address, role="staff")

    assert refused.status_code == 409
    assert "Make somebody else an administrator first." in refused.text


def test_all_access_of_a_person_is_ended_by_one_button(maker: Maker) -> None:
    address = f"/members/{member_of(maker, 'staff')['account_id']}"
    sign_in(maker.client, maker.emails["administrator"])

    send(maker, f"{address}/access/end", on=address)

    assert maker.acting_as("staff").get("/api/account").status_code == 401


@pytest.mark.parametrize("role", ["manager", "staff"])
def test_who_may_not_change_members_sees_no_buttons_for_it(maker: Maker, role: str) -> None:
    address = f"/members/{member_of(maker, 'staff')['account_id']}"
    sign_in(maker.client, maker.emails[role])

    assert "/members/new" not in page(maker, "/members")
    assert "danger" not in page(maker, address).split("<main")[1].split("</main>")[0]
    assert send(maker, address, on="/members", is_ended="true").status_code == 403


@pytest.mark.parametrize("address", ["/members/01890a5d-ac96-774b-bcce-b302099a8057", "/members/nonsense"])
def test_a_person_who_never_worked_here_is_not_there(maker: Maker, address: str) -> None:
    sign_in(maker.client, maker.emails["administrator"])

    assert maker.client.get(address, headers=PAGE).status_code == 404
