"""REST of the organisation and its members."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Response

from provender.core.organisations.payloads import Member, MemberList, Organisation
from tests.maker import PASSWORD, Maker

SETTINGS = {"name": "Altstadt Schokolade", "country": "at", "time_zone": "Europe/Vienna", "language": "de"}


def member_of(maker: Maker, role: str) -> dict[str, Any]:
    """Return the member whom the maker has in a role."""
    members = maker.get("/api/members").json()["items"]
    return next(member for member in members if member["email"] == maker.emails[role])


def change(maker: Maker, member: dict[str, Any], **wanted: object) -> Response:
    return maker.patch(f"/api/members/{member['account_id']}", wanted, version=member["version"])


def person(email: str = "", role: str = "staff") -> dict[str, str]:
    return {
        "email": email or f"{uuid4().hex}@example.org",
        "full_name": "Sven Okoro",
        "role": role,
        "password": PASSWORD,
    }


def test_an_organisation_is_answered_as_documented_and_replaced(maker: Maker) -> None:
    before = maker.get("/api/organisation")
    Organisation.model_validate(before.json())
    assert before.headers["etag"] == '"1"'

    after = maker.put("/api/organisation", SETTINGS, version=1)

    assert after.status_code == 200, after.text
    assert after.headers["etag"] == '"2"'
    assert after.json() == maker.get("/api/organisation").json()
    assert after.json()["country"] == "AT"
    assert maker.put("/api/organisation", SETTINGS, version=1).status_code == 412
    assert maker.put("/api/organisation", SETTINGS).status_code == 428


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", "  "),
        ("country", "Austria"),
        ("time_zone", "Vienna"),
        ("language", "fr"),
        ("contact_email", "nobody"),
        ("resolver_origin", "https://id.example.org/01"),
        ("resolver_origin", "javascript:alert(1)"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_by_name(maker: Maker, field: str, wrong: str) -> None:
    refused = maker.put("/api/organisation", {**SETTINGS, field: wrong}, version=1)

    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


@pytest.mark.parametrize("role", ["manager", "staff"])
def test_only_administrators_change_the_organisation_and_its_members(maker: Maker, role: str) -> None:
    member = member_of(maker, "staff")
    other = maker.acting_as(role)

    answers = [
        other.put("/api/organisation", SETTINGS, version=1),
        other.post("/api/members", person()),
        change(other, member, role="administrator"),
        other.delete(f"/api/members/{member['account_id']}/access"),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert {answer.json()["code"] for answer in answers} == {"role.not_enough"}


def test_a_member_who_was_added_signs_in_with_the_first_password(maker: Maker) -> None:
    new = person()

    added = maker.post("/api/members", new)

    assert added.status_code == 201, added.text
    Member.model_validate(added.json())
    assert maker.get(added.headers["location"]).json() == added.json()
    maker.client.cookies.clear()
    signed_in = maker.client.post("/sign-in", data={"email": new["email"], "password": PASSWORD})
    assert signed_in.status_code == 303
    maker.client.cookies.clear()


def test_a_person_with_an_account_keeps_name_and_password(maker: Maker, other_maker: Maker) -> None:
    known = person(other_maker.emails["staff"]) | {"password": "another password altogether", "full_name": "Impostor"}

    added = maker.post("/api/members", known)

    assert added.json()["full_name"] == "Staff"
    tries = {
        password: maker.client.post("/sign-in", data={"email": known["email"], "password": password}).status_code
        for password in (PASSWORD, known["password"])
    }
    assert tries == {PASSWORD: 303, known["password"]: 422}
    maker.client.cookies.clear()


def test_who_works_here_already_cannot_be_added_again(maker: Maker) -> None:
    refused = maker.post("/api/members", person(maker.emails["staff"].upper()))

    assert refused.status_code == 409
    assert refused.json()["code"] == "member.already"


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaa"])
def test_a_weak_first_password_is_refused_by_name(maker: Maker, password: str) -> None:
    refused = maker.post("/api/members", person() | {"password": password})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "password"


def test_a_role_applies_from_the_next_request(maker: Maker) -> None:
    staff = maker.acting_as("staff")
    farm = {"name": "Finca Elvesia", "country": "DO"}
    assert staff.post("/api/trace/farms", farm).status_code == 403

    changed = change(maker, member_of(maker, "staff"), role="manager")

    assert changed.status_code == 200, changed.text
    assert changed.json()["role"] == "manager"
    assert staff.post("/api/trace/farms", farm).status_code == 201


def test_a_membership_that_ended_ends_all_access_and_stays_on_record(maker: Maker) -> None:
    staff = maker.acting_as("staff")
    assert staff.get("/api/organisation").status_code == 200

    ended = change(maker, member_of(maker, "staff"), is_ended=True)

    assert ended.json()["ended_at"] is not None
    assert staff.get("/api/organisation").status_code == 401
    assert maker.emails["staff"] in {found["email"] for found in maker.get("/api/members").json()["items"]}
    assert maker.get("/api/members?ended=false").json()["items"] != maker.get("/api/members").json()["items"]


def test_a_membership_that_is_brought_back_needs_a_new_sign_in(maker: Maker) -> None:
    ended = change(maker, member_of(maker, "staff"), is_ended=True)

    revived = change(maker, ended.json(), is_ended=False)

    assert revived.json()["ended_at"] is None
    assert maker.acting_as("staff").get("/api/organisation").status_code == 401


def test_an_administrator_ends_the_sessions_of_a_stolen_telephone(maker: Maker) -> None:
    staff = member_of(maker, "staff")

    ended = maker.delete(f"/api/members/{staff['account_id']}/access")

    assert ended.status_code == 204
    assert maker.acting_as("staff").get("/api/organisation").status_code == 401
    assert maker.acting_as("manager").get("/api/organisation").status_code == 200


@pytest.mark.parametrize("wanted", [{"role": "manager"}, {"is_ended": True}])
def test_the_last_administrator_cannot_leave(maker: Maker, wanted: dict[str, object]) -> None:
    refused = change(maker, member_of(maker, "administrator"), **wanted)

    assert refused.status_code == 409
    assert refused.json()["code"] == "member.last_administrator"
    assert member_of(maker, "administrator")["role"] == "administrator"


@pytest.mark.parametrize("attempt", range(4))
def test_of_two_administrators_who_leave_at_once_one_stays(maker: Maker, attempt: int) -> None:
    change(maker, member_of(maker, "manager"), role="administrator")
    roles = ("administrator", "manager")
    members = {role: member_of(maker, role) for role in roles}
    start = threading.Barrier(2)

    def leave(role: str) -> Response:
        member = members[role]
        wanted = {"role": "staff"} if attempt % 2 else {"is_ended": True}
        headers = {**maker.acting_as(role).headers, "If-Match": f'"{member["version"]}"'}
        start.wait()
        return maker.client.patch(f"/api/members/{member['account_id']}", json=wanted, headers=headers)

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(leave, roles))

    assert sum(answer.status_code == 200 for answer in answers) == 1, [answer.text for answer in answers]


def test_members_of_another_organisation_are_not_there(maker: Maker, other_maker: Maker) -> None:
    theirs = member_of(other_maker, "staff")
    missing = {**theirs, "account_id": uuid4()}

    answers = [change(maker, found, role="manager").json() for found in (theirs, missing)]

    assert [answer["status"] for answer in answers] == [404, 404]
    assert answers[0]["detail"] == answers[1]["detail"]
    assert member_of(other_maker, "staff") == theirs


def test_members_are_paged_by_name_in_two_statements(maker: Maker) -> None:
    MemberList.model_validate(maker.get("/api/members").json())
    counter = maker.statements()

    first = maker.get("/api/members?limit=2").json()

    assert maker.statements() - counter == 2
    second = maker.get(first["next"]).json()
    assert [found["full_name"] for found in [*first["items"], *second["items"]]] == [
        "Administrator",
        "Manager",
        "Staff",
    ]
    assert second["next"] is None
