"""A page of another site cannot make a signed-in browser change anything."""

from __future__ import annotations

import pytest

from provender.kit.http.edge import FORM_TOKEN_HEADER
from tests.core.accounts.browser_session import PAGE, form_token_of, sign_in
from tests.maker import Maker

FARM = {"name": "Forged", "country": "DO"}


def farm_names(maker: Maker) -> list[str]:
    return [farm["name"] for farm in maker.get("/api/trace/farms").json()["items"]]


def test_a_cookie_alone_changes_nothing_through_rest(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["manager"])

    refused = maker.client.post("/api/trace/farms", json=FARM)

    assert refused.status_code == 403
    assert refused.json()["code"] == "request.form_expired"
    assert farm_names(maker) == []


def test_a_cookie_with_the_token_of_its_session_changes_things(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["manager"])
    token = form_token_of(maker.client.get("/trace/farms/new", headers=PAGE).text)

    added = maker.client.post("/api/trace/farms", json=FARM, headers={FORM_TOKEN_HEADER: token})

    assert added.status_code == 201, added.text


def test_the_token_of_another_session_is_refused(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["manager"])
    token = form_token_of(maker.client.get("/trace/farms/new", headers=PAGE).text)

    sign_in(maker.client, maker.emails["manager"])
    refused = maker.client.post("/trace/farms/new", data={**FARM, "csrf_token": token})

    assert refused.status_code == 403
    assert farm_names(maker) == []


@pytest.mark.parametrize("headers", [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_form_of_another_site_is_refused_even_with_the_right_token(maker: Maker, headers: dict[str, str]) -> None:
    sign_in(maker.client, maker.emails["manager"])
    token = form_token_of(maker.client.get("/trace/farms/new", headers=PAGE).text)

    refused = maker.client.post("/trace/farms/new", data={**FARM, "csrf_token": token}, headers=headers)

    assert refused.status_code == 403
    assert farm_names(maker) == []


def test_a_program_needs_no_form_token(maker: Maker) -> None:
    assert maker.post("/api/trace/farms", FARM).status_code == 201
