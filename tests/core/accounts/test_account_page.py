"""The page of one's own account, as a browser uses it."""

from __future__ import annotations

import re
from uuid import UUID

import psycopg
import pytest
from httpx2 import Response

from provender.core.accounts.rules import FAILURES_PER_EMAIL, describe_browser
from provender.kit.http.edge import SESSION_COOKIE
from tests.core.accounts.browser_session import PAGE, form_token_of, session_of, sign_in
from tests.maker import PASSWORD, Maker

NEW_PASSWORD = "roast winnow grind"


def page(maker: Maker, address: str = "/account") -> str:
    answer = maker.client.get(address, headers=PAGE)
    assert answer.status_code == 200
    return answer.text


def send(maker: Maker, address: str, **fields: object) -> Response:
    """Send a form of the account page."""
    return maker.client.post(address, data={"csrf_token": form_token_of(page(maker)), **fields})


def version_on(text: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', text)
    assert found is not None
    return found[1]


def use_session(maker: Maker, token: str) -> None:
    maker.client.cookies.clear()
    maker.client.cookies.set(SESSION_COOKIE, token)


def test_name_and_language_are_saved_and_used_at_once(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["staff"])
    version = version_on(page(maker))

    saved = send(maker, "/account", version=version, full_name="Jürgen Öz", language="de")

    assert saved.status_code == 303, saved.text
    shown = page(maker)
    assert "Jürgen Öz" in shown
    assert '<html lang="de"' in shown


def test_a_name_changed_elsewhere_meanwhile_is_not_overwritten(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["staff"])
    version = version_on(page(maker))
    send(maker, "/account", version=version, full_name="First", language="en")

    stale = send(maker, "/account", version=version, full_name="Second", language="en")

    assert stale.status_code == 412
    assert "First" in page(maker)


def test_a_new_password_signs_out_the_other_browsers_and_keeps_this_one(maker: Maker) -> None:
    email = maker.emails["staff"]
    sign_in(maker.client, email)
    other = session_of(maker.client)
    sign_in(maker.client, email)
    own = session_of(maker.client)

    changed = send(maker, "/account/password", current_password=PASSWORD, new_password=NEW_PASSWORD)

    assert changed.status_code == 303, changed.text
    assert maker.client.get("/api/account").status_code == 200
    use_session(maker, other)
    assert maker.client.get("/api/account").status_code == 401
    assert maker.acting_as("staff").get("/api/account").status_code == 200
    assert own != other
    assert sign_in(maker.client, email).status_code == 422
    assert sign_in(maker.client, email, NEW_PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("wrong", NEW_PASSWORD, "current_password"), (PASSWORD, "short", "new_password"), ("", NEW_PASSWORD, "")],
)
def test_a_password_is_not_changed_without_the_present_one_or_to_a_weak_one(
    maker: Maker, current: str, new: str, field: str
) -> None:
    sign_in(maker.client, maker.emails["staff"])

    refused = send(maker, "/account/password", current_password=current, new_password=new)

    assert refused.status_code == 422
    assert f"password-{field}" in refused.text
    assert sign_in(maker.client, maker.emails["staff"]).status_code == 303


def test_the_present_password_cannot_be_guessed_here_either(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["staff"])
    for _ in range(FAILURES_PER_EMAIL):
        send(maker, "/account/password", current_password="wrong", new_password=NEW_PASSWORD)

    refused = send(maker, "/account/password", current_password=PASSWORD, new_password=NEW_PASSWORD)

    assert refused.status_code == 429


def test_a_programs_token_is_on_the_page_once(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["administrator"])

    given = send(maker, "/account/programs", name="Till", lifetime_days="30")

    assert given.status_code == 200
    token = re.search(r"pvp_[0-9a-f]{32}_[A-Za-z0-9_-]{43}", given.text)
    assert token is not None
    assert token[0] not in page(maker)
    assert "Till" in page(maker)
    asked = maker.client.get("/api/account", headers={"authorization": f"Bearer {token[0]}"})
    assert asked.status_code == 200


def test_only_administrators_see_how_to_give_a_program_access(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["manager"])

    assert "/account/programs" not in page(maker)
    assert send(maker, "/account/programs", name="Till").status_code == 403


def test_another_browser_is_signed_out_from_the_list(maker: Maker) -> None:
    sign_in(maker.client, maker.emails["staff"])
    stolen = session_of(maker.client)
    sign_in(maker.client, maker.emails["staff"])
    ending = re.search(r"/account/access/[0-9a-f-]{36}/end", page(maker))
    assert ending is not None

    send(maker, ending[0])

    use_session(maker, stolen)
    assert maker.client.get("/api/account").status_code == 401


def join(admin_url: str, email: str, organisation_id: UUID) -> None:
    """Make a person a member of another organisation too."""
    with psycopg.connect(admin_url) as connection:
        connection.execute(
            "INSERT INTO core.membership (organisation_id, account_id, role)"
            " SELECT %s, id, 'staff' FROM core.account WHERE email = %s",
            (organisation_id, email),
        )


def test_a_person_of_two_organisations_goes_on_in_the_other_with_a_new_session(
    maker: Maker, other_maker: Maker, admin_url: str
) -> None:
    join(admin_url, maker.emails["manager"], other_maker.organisation_id)
    sign_in(maker.client, maker.emails["manager"])
    before = session_of(maker.client)
    assert str(other_maker.organisation_id) in page(maker, "/switch")

    switched = send(maker, "/switch", organisation_id=other_maker.organisation_id)

    assert switched.status_code == 303, switched.text
    here = maker.client.get("/api/account").json()
    assert (here["organisation_id"], here["role"]) == (str(other_maker.organisation_id), "staff")
    use_session(maker, before)
    assert maker.client.get("/api/account").status_code == 401


def test_nobody_switches_to_an_organisation_of_others(maker: Maker, other_maker: Maker) -> None:
    sign_in(maker.client, maker.emails["manager"])

    refused = send(maker, "/switch", organisation_id=other_maker.organisation_id)

    assert refused.status_code == 404
    assert maker.client.get("/api/account").json()["organisation_id"] == str(maker.organisation_id)


@pytest.mark.parametrize(
    ("user_agent", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("scales/1.0", "scales/1.0"),
    ],
)
def test_a_browser_is_named_as_people_call_it(user_agent: str, shown: str) -> None:
    assert describe_browser(user_agent) == shown
