"""Signing in cannot be guessed, forced or observed, and ends when it is ended."""

from __future__ import annotations

import time
from statistics import median

import psycopg
import pytest
from httpx2 import Response

from provender.core.accounts.rules import FAILURES_PER_ADDRESS, FAILURES_PER_EMAIL
from provender.kit.http.edge import SESSION_COOKIE
from tests.core.accounts.browser_session import PAGE, session_of, sign_in
from tests.maker import Maker


def alter(admin_url: str, statement: str, email: str) -> None:
    """Change the record of a person as an administrator of the database would."""
    with psycopg.connect(admin_url) as connection:
        changed = connection.execute(statement.encode(), {"email": email})
        assert changed.rowcount > 0


def ask(maker: Maker) -> Response:
    """Ask as the browser that signed in last."""
    return maker.client.get("/api/account")


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(maker: Maker) -> None:
    flags = {
        part.strip().lower() for part in sign_in(maker.client, maker.emails["staff"]).headers["set-cookie"].split(";")
    }

    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert "secure" not in flags


def test_the_cookie_travels_encrypted_only_where_the_page_did(maker: Maker) -> None:
    fields = {"email": maker.emails["staff"], "password": "four words make one"}

    answer = maker.client.post("https://testserver/sign-in", data=fields)

    assert "; secure" in answer.headers["set-cookie"].lower()
    maker.client.cookies.clear()


def test_ten_failures_make_a_person_wait_even_with_the_right_password(maker: Maker) -> None:
    email = maker.emails["staff"]
    for _ in range(FAILURES_PER_EMAIL):
        assert sign_in(maker.client, email, "wrong").status_code == 422

    refused = sign_in(maker.client, email)

    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert SESSION_COOKIE not in refused.headers.get("set-cookie", "")
    assert sign_in(maker.client, maker.emails["manager"]).status_code == 303


def test_an_address_that_tries_many_people_must_wait(maker: Maker, admin_url: str) -> None:
    with psycopg.connect(admin_url) as connection:
        for number in range(FAILURES_PER_ADDRESS):
            connection.execute(
                "SELECT core.record_sign_in_attempt(%s, 'testclient', false)", (f"person-{number}@example.org",)
            )

    assert sign_in(maker.client, maker.emails["staff"]).status_code == 429


def test_an_unknown_address_takes_as_long_as_a_wrong_password(maker: Maker) -> None:
    def seconds(email: str) -> float:
        began = time.perf_counter()
        sign_in(maker.client, email, "wrong")
        return time.perf_counter() - began

    seconds("nobody@example.org")
    unknown = median(seconds(f"nobody-{number}@example.org") for number in range(5))
    known = median(seconds(maker.emails["staff"]) for _ in range(5))

    # Without a hash to verify it would take a tenth of the time, if that.
    assert unknown > known / 2


def test_what_a_browser_presented_before_signing_in_is_worth_nothing_after(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["staff"])
    planted = session_of(maker.client)[:-1] + "x"
    maker.client.cookies.clear()
    maker.client.cookies.set(SESSION_COOKIE, planted)

    answer = maker.client.post("/sign-in", data={"email": maker.emails["staff"], "password": "four words make one"})

    assert answer.status_code == 303
    assert answer.cookies[SESSION_COOKIE] != planted
    maker.client.cookies.clear()
    maker.client.cookies.set(SESSION_COOKIE, planted)
    assert ask(maker).status_code == 401


def test_two_sign_ins_are_two_sessions(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["staff"])
    first = session_of(maker.client)

    sign_in(maker.client, maker.emails["staff"])

    assert session_of(maker.client) != first


def test_an_expired_session_ends(maker: Maker, admin_url: str) -> None:
    sign_in(maker.client, maker.emails["staff"])
    assert ask(maker).status_code == 200

    alter(
        admin_url,
        "UPDATE core.access_token SET expires_at = now() - interval '1 second' WHERE kind = 'browser'"
        " AND account_id = (SELECT id FROM core.account WHERE email = %(email)s)",
        maker.emails["staff"],
    )

    assert ask(maker).status_code == 401
    assert maker.client.get("/trace/farms", headers=PAGE).status_code == 303


def test_a_revoked_session_ends_at_the_next_request(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["staff"])
    current = next(found for found in maker.client.get("/api/access-tokens").json()["items"] if found["is_current"])
    kept = session_of(maker.client)

    assert maker.acting_as("staff").delete(f"/api/access-tokens/{current['id']}").status_code == 204

    maker.client.cookies.set(SESSION_COOKIE, kept)
    assert ask(maker).status_code == 401


def test_a_deactivated_person_is_out_at_once_and_cannot_come_back(maker: Maker, admin_url: str) -> None:
    sign_in(maker.client, maker.emails["staff"])

    alter(admin_url, "UPDATE core.account SET deactivated_at = now() WHERE email = %(email)s", maker.emails["staff"])

    assert ask(maker).status_code == 401
    assert maker.acting_as("staff").get("/api/account").status_code == 401
    assert sign_in(maker.client, maker.emails["staff"]).status_code == 422


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
)
def test_another_site_cannot_sign_a_browser_in(maker: Maker, headers: dict[str, str]) -> None:
    refused = sign_in(maker.client, maker.emails["staff"], **headers)

    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers
    assert sign_in(maker.client, maker.emails["staff"], origin="http://testserver").status_code == 303


@pytest.mark.parametrize("then", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_signing_in_never_leads_to_another_site(maker: Maker, then: str) -> None:
    maker.client.cookies.clear()

    answer = maker.client.post(
        "/sign-in", data={"email": maker.emails["staff"], "password": "four words make one", "then": then}
    )

    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x", "Basic dTpw", "Bearer pvp_" + "0" * 32 + "_" + "a" * 43])
def test_what_cannot_be_a_token_opens_nothing_even_beside_a_good_cookie(maker: Maker, token: str) -> None:
    sign_in(maker.client, maker.emails["staff"])

    assert maker.client.get("/api/account", headers={"authorization": token}).status_code == 401
    assert ask(maker).status_code == 200
