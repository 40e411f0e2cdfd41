"""Every change is told, with who and when, and cannot be untold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from provender.core.audit.payloads import ChangeList
from provender.core.audit.rules import earliest_id, find_title, list_columns, name_subject
from provender.kit.db import Statement, Work
from provender.kit.errors import NotFound
from tests.core.accounts.browser_session import PAGE, sign_in
from tests.maker import Maker

FARMS = "/api/trace/farms"
FARM = {"name": "Finca Elvesia", "country": "DO", "region": "Hato Mayor"}


def changes(maker: Maker, **filters: object) -> list[dict[str, Any]]:
    answer = maker.get("/api/audit", params={name: str(value) for name, value in filters.items()})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def add_farm(maker: Maker, **more: str) -> dict[str, Any]:
    added = maker.post(FARMS, {**FARM, **more})
    assert added.status_code == 201, added.text
    return added.json()


def test_a_changed_row_tells_who_when_and_old_and_new(maker: Maker) -> None:
    farm = add_farm(maker)
    maker.acting_as("manager").put(f"{FARMS}/{farm['id']}", {**FARM, "region": "El Seibo"}, version=1)

    newest, first = changes(maker, row_id=farm["id"])

    ChangeList.model_validate(maker.get("/api/audit").json())
    assert (newest["action"], newest["actor"], newest["table_name"]) == ("update", "Manager", "trace.farm")
    assert newest["change"] == {"region": ["Hato Mayor", "El Seibo"]}
    assert newest["request_id"] is not None
    assert (first["action"], first["actor"], first["change"]["name"]) == ("insert", "Administrator", "Finca Elvesia")


def test_a_removed_row_keeps_its_last_state(maker: Maker) -> None:
    farm = add_farm(maker)

    maker.delete(f"{FARMS}/{farm['id']}")

    removed = changes(maker, row_id=farm["id"])[0]
    assert (removed["action"], removed["change"]["region"]) == ("delete", "Hato Mayor")


def test_a_change_that_is_rolled_back_leaves_no_entry(maker: Maker) -> None:
    before = len(changes(maker))

    async def add_and_fail(work: Work) -> None:
        await work.execute(
            b"INSERT INTO trace.farm (organisation_id, name, country) VALUES (%(organisation_id)s, 'Gone', 'DO')",
            {"organisation_id": maker.organisation_id},
        )
        raise NotFound("It is gone.")

    with pytest.raises(NotFound):
        maker.run(add_and_fail)

    assert len(changes(maker)) == before


def test_secrets_are_in_no_entry(maker: Maker) -> None:
    maker.post("/api/access-tokens", {"name": "Till"})

    told = str(changes(maker, limit=200))

    assert "core.access_token" in told
    assert "token_hash" not in told
    assert "password" not in told


def test_changes_are_found_by_table_actor_and_time(maker: Maker) -> None:
    add_farm(maker)
    now = datetime.now(UTC)
    hour = timedelta(hours=1)

    assert {found["table_name"] for found in changes(maker, table="trace.farm")} == {"trace.farm"}
    assert {found["actor"] for found in changes(maker, actor="Administrator")} == {"Administrator"}
    assert changes(maker, table="trace.farm", since=now - hour, until=now + hour) != []
    assert changes(maker, since=now + hour) == []
    assert changes(maker, until=now - hour) == []


@pytest.mark.parametrize("wrong", [{"row_id": "x"}, {"since": "2026-11-20T10:00:00"}, {"limit": "0"}])
def test_filters_that_cannot_be_used_are_refused_by_name(maker: Maker, wrong: dict[str, str]) -> None:
    refused = maker.get("/api/audit", params=wrong)

    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == list(wrong)


def test_changes_are_paged_newest_first_without_loss_in_two_statements(maker: Maker) -> None:
    for number in range(5):
        add_farm(maker, name=f"Farm {number}")
    counter = maker.statements()
    maker.get("/api/audit?table=trace.farm&limit=2")
    assert maker.statements() - counter == 2

    seen: list[str] = []
    address = "/api/audit?table=trace.farm&limit=2"
    while address:
        page = maker.get(address).json()
        seen += [found["change"]["name"] for found in page["items"]]
        address = page["next"]

    assert seen == [f"Farm {number}" for number in reversed(range(5))]


def test_staff_do_not_read_what_everybody_does(maker: Maker) -> None:
    assert maker.acting_as("staff").get("/api/audit").status_code == 403
    assert maker.acting_as("manager").get("/api/audit").status_code == 200


def test_tenants_do_not_see_each_others_changes(maker: Maker, other_maker: Maker) -> None:
    farm = add_farm(maker)

    assert changes(other_maker, row_id=farm["id"]) == []


def test_the_program_cannot_write_an_entry_itself(maker: Maker) -> None:
    insert = Statement(
        b"SELECT has_table_privilege(current_user, 'core.audit_entry', 'INSERT'),"
        b" has_function_privilege(current_user, 'core.write_audit()', 'EXECUTE')"
    )

    row = maker.run(lambda work: work.fetch_row(insert, {}))

    assert row is not None
    assert row[0] is False


def test_the_page_tells_old_and_new_in_a_sentence(maker: Maker) -> None:
    farm = add_farm(maker)
    maker.put(f"{FARMS}/{farm['id']}", {**FARM, "region": "El Seibo"}, version=1)
    sign_in(maker.client, maker.emails["manager"])

    page = maker.client.get(f"/audit?row_id={farm['id']}", headers=PAGE)

    assert page.status_code == 200
    assert "Administrator changed: farm" in page.text
    assert "<del>Hato Mayor</del> → <ins>El Seibo</ins>" in page.text
    assert maker.client.get("/audit?day=1999-01-01", headers=PAGE).status_code == 200
    sign_in(maker.client, maker.emails["staff"])
    assert maker.client.get("/audit", headers=PAGE).status_code == 403


def test_a_change_is_put_into_words() -> None:
    assert name_subject("trace.sales_order") == "sales order"
    assert find_title({"name": ["Old", "New"], "code": "x"}) == "New"
    assert find_title({"quantity": 3}) == ""
    columns = list_columns("update", {"region": [None, "El Seibo"], "email_key": ["a", "b"]})
    assert [(found.name, found.old, found.new) for found in columns] == [("region", "–", "El Seibo")]
    assert [found.name for found in list_columns("insert", {"farm_id": "x", "note": None})] == ["farm"]
    assert list_columns("delete", {"note": "y" * 400})[0].old.endswith("…")
    (moved,) = list_columns("update", {"state": ["in_production", "packed"]})
    assert (moved.old, moved.new, moved.is_word) == ("in production", "packed", True)


def test_an_entry_recorded_at_a_time_has_an_id_not_below_its_bound(maker: Maker) -> None:
    add_farm(maker)

    for found in changes(maker):
        assert found["id"] >= str(earliest_id(datetime.fromisoformat(found["recorded_at"])))
