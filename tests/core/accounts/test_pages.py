"""Signing in and out, as a browser does it."""

from __future__ import annotations

from provender.kit.http.edge import SESSION_COOKIE
from tests.core.accounts.browser_session import form_token_of, sign_in
from tests.maker import Maker


def test_a_person_signs_in_and_saves_a_form(maker: Maker) -> None:
    client = maker.client
    assert client.get("/trace/farms", headers={"accept": "text/html"}).status_code == 303
    assert sign_in(client, maker.emails["manager"]).status_code == 303

    page = client.get("/trace/farms/new")
    fields = {"csrf_token": form_token_of(page.text), "name": "Finca Elvesia", "country": "do"}
    saved = client.post("/trace/farms/new", data=fields)

    assert saved.status_code == 303, saved.text
    assert "The farm was added." in client.get(saved.headers["location"]).text
    assert "Finca Elvesia" in client.get("/trace/farms").text


def test_a_form_without_the_token_of_its_session_saves_nothing(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["manager"])

    refused = maker.client.post("/trace/farms/new", data={"name": "Forged", "country": "DO"})

    assert refused.status_code == 403
    assert "Forged" not in maker.client.get("/trace/farms").text


def test_a_wrong_password_and_an_unknown_address_are_told_alike(maker: Maker) -> None:
    wrong = sign_in(maker.client, maker.emails["staff"], "not the password")
    unknown = sign_in(maker.client, "nobody@example.org")

    assert wrong.status_code == unknown.status_code == 422


def test_a_session_ends_at_the_next_request_after_signing_out(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["staff"])
    session = maker.client.cookies.get(SESSION_COOKIE) or ""
    page = maker.client.get("/trace/farms")

    signed_out = maker.client.post("/sign-out", data={"csrf_token": form_token_of(page.text)})
    maker.client.cookies.clear()
    maker.client.cookies.set(SESSION_COOKIE, session)
    again = maker.client.get("/trace/farms", headers={"accept": "text/html"})
    maker.client.cookies.clear()

    assert signed_out.status_code == 303
    assert again.status_code == 303
    assert again.headers["location"].startswith("/sign-in")
