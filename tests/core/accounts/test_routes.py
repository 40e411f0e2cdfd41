"""REST of one's own account and access."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from provender.core.accounts.payloads import AccessToken, AccessTokenList, Account, NewAccessToken
from provender.kit.db import Work
from tests.maker import Maker

TOKENS = "/api/access-tokens"


def test_an_account_is_answered_as_documented_and_replaced(maker: Maker) -> None:
    staff = maker.acting_as("staff")
    before = Account.model_validate(staff.get("/api/account").json())
    assert (before.email, before.role) == (maker.emails["staff"], "staff")

    after = staff.put("/api/account", {"full_name": "Sven Okoro", "language": "ja"}, version=before.version)

    assert after.status_code == 200, after.text
    assert (after.json()["full_name"], after.json()["language"]) == ("Sven Okoro", "ja")
    assert (
        staff.put("/api/account", {"full_name": "Other", "language": "ja"}, version=before.version).status_code == 412
    )
    assert staff.put("/api/account", {"full_name": "Other", "language": "xx"}, version=2).status_code == 422


def test_the_database_lets_people_change_their_own_account_only(maker: Maker) -> None:
    own, other = (UUID(maker.acting_as(role).get("/api/account").json()["id"]) for role in ("administrator", "staff"))

    async def rename(work: Work, account_id: UUID) -> int:
        await work.become(organisation_id=maker.organisation_id, account_id=own, actor="test")
        return await work.execute(
            b"UPDATE core.account SET full_name = 'Renamed' WHERE id = %(account_id)s", {"account_id": account_id}
        )

    assert maker.run(lambda work: rename(work, own)) == 1
    assert maker.run(lambda work: rename(work, other)) == 0


def test_a_programs_token_is_shown_once_and_works_as_the_person(maker: Maker) -> None:
    given = maker.post(TOKENS, {"name": "Till", "lifetime_days": 30})

    assert given.status_code == 201, given.text
    NewAccessToken.model_validate(given.json())
    token = given.json()["token"]
    shown = maker.get(given.headers["location"])
    AccessToken.model_validate(shown.json())
    assert token not in shown.text + maker.get(TOKENS).text
    answer = maker.client.get("/api/account", headers={"authorization": f"Bearer {token}"})
    assert answer.json()["email"] == maker.emails["administrator"]


def test_a_token_that_was_ended_opens_nothing_more(maker: Maker) -> None:
    given = maker.post(TOKENS, {"name": "Till"}).json()

    assert maker.delete(f"{TOKENS}/{given['id']}").status_code == 204

    assert maker.client.get("/api/account", headers={"authorization": f"Bearer {given['token']}"}).status_code == 401
    assert maker.delete(f"{TOKENS}/{given['id']}").status_code == 404
    assert maker.get(f"{TOKENS}/{given['id']}").status_code == 404


@pytest.mark.parametrize("role", ["manager", "staff"])
def test_only_administrators_give_programs_access(maker: Maker, role: str) -> None:
    assert maker.acting_as(role).post(TOKENS, {"name": "Till"}).status_code == 403


def test_people_end_their_own_access_and_administrators_anybodys(maker: Maker, other_maker: Maker) -> None:
    address = f"{TOKENS}/{maker.acting_as('staff').get(TOKENS).json()['items'][0]['id']}"

    assert maker.acting_as("manager").delete(address).status_code == 404
    assert other_maker.delete(address).status_code == 404
    assert maker.delete(address).status_code == 204
    assert maker.acting_as("staff").get("/api/account").status_code == 401


def test_access_is_listed_newest_first_in_two_statements(maker: Maker) -> None:
    for name in ("Till", "Scales"):
        maker.post(TOKENS, {"name": name})
    counter = maker.statements()

    first = maker.get(f"{TOKENS}?kind=program&limit=2").json()

    assert maker.statements() - counter == 2
    AccessTokenList.model_validate(first)
    second = maker.get(first["next"]).json()
    assert [found["name"] for found in [*first["items"], *second["items"]]] == ["Scales", "Till", "test"]
    assert [found["name"] for found in second["items"] if found["is_current"]] == ["test"]


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "Till", "lifetime_days": 0}, {"name": "x", "role": "staff"}])
def test_a_program_that_is_not_described_is_refused(maker: Maker, wrong: dict[str, object]) -> None:
    assert maker.post(TOKENS, wrong).status_code == 422


def test_a_missing_token_is_not_there(maker: Maker) -> None:
    assert maker.get(f"{TOKENS}/{uuid4()}").status_code == 404
