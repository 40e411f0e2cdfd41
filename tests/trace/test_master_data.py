"""What farms, suppliers, materials, products and customers do alike, over REST."""

from __future__ import annotations

import csv
import io

import pytest

from tests.maker import Maker
from tests.trace.records import KINDS, RecordKind

MISSING = "01890a5d-ac96-774b-bcce-b302099a8057"
STATEMENTS_OF_A_READ = 2

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.things)


def add(maker: Maker, kind: RecordKind, **changes: object) -> str:
    """Add the sample and return its address."""
    added = maker.post(kind.address, {**kind.sample, **changes})
    assert added.status_code == 201, added.text
    return added.headers["location"]


def keys_of(maker: Maker, kind: RecordKind, query: str = "") -> list[object]:
    return [item[kind.key] for item in maker.get(f"{kind.address}{query}").json()["items"]]


@every_kind
def test_what_was_added_is_answered_as_documented_and_listed(kind: RecordKind, maker: Maker) -> None:
    answered = maker.get(add(maker, kind)).json()

    kind.answer.model_validate(answered)
    assert {name: answered[name] for name in kind.sample} == dict(kind.sample)
    assert maker.get(kind.address).json() == {"items": [answered], "next": None}


@every_kind
def test_a_record_of_another_tenant_is_as_one_that_does_not_exist(
    kind: RecordKind, maker: Maker, other_maker: Maker
) -> None:
    address, missing = add(maker, kind), f"{kind.address}/{MISSING}"

    for method, path_end in (("GET", ""), ("DELETE", ""), ("POST", "/archive"), ("POST", "/restore")):
        foreign, absent = (other_maker.send(method, place + path_end) for place in (address, missing))
        assert foreign.status_code == absent.status_code == 404
        assert {**foreign.json(), "instance": ""} == {**absent.json(), "instance": ""}
    foreign, absent = (other_maker.put(place, dict(kind.sample), version=1) for place in (address, missing))
    assert foreign.status_code == absent.status_code == 404
    assert keys_of(other_maker, kind) == []


@every_kind
def test_a_list_is_paged_by_its_key_without_loss_or_repetition(kind: RecordKind, maker: Maker) -> None:
    names = [f"K-{number:02}" for number in range(7)]
    for name in reversed(names):
        assert maker.post(kind.address, kind.named(name)).status_code == 201

    seen: list[str] = []
    address: str | None = f"{kind.address}?limit=3"
    while address:
        page = maker.get(address).json()
        seen += [item[kind.key] for item in page["items"]]
        address = page["next"]

    assert seen == names


@every_kind
def test_a_stale_version_is_refused_and_nothing_is_changed(kind: RecordKind, maker: Maker) -> None:
    address = add(maker, kind)
    first = maker.put(address, {**kind.sample, "name": "Renamed"}, version=1)

    second = maker.put(address, {**kind.sample, "name": "Lost"}, version=1)

    assert first.status_code == 200, first.text
    assert first.headers["etag"] == '"2"'
    assert second.status_code == 412
    assert maker.get(address).json()["name"] == "Renamed"
    assert maker.put(address, dict(kind.sample)).status_code == 428


@every_kind
def test_a_taken_key_and_wrong_fields_are_refused_by_name(kind: RecordKind, maker: Maker) -> None:
    add(maker, kind)
    faulty, fields = kind.wrong

    taken = maker.post(kind.address, dict(kind.sample))
    wrong = maker.post(kind.address, dict(faulty))

    assert (taken.status_code, taken.json()["code"]) == (409, kind.taken)
    assert taken.json()["errors"][0]["field"] == kind.key
    assert wrong.status_code == 422
    assert fields <= {error["field"] for error in wrong.json()["errors"]}
    assert len(keys_of(maker, kind)) == 1
    assert maker.get(f"{kind.address}?colour=red").status_code == 400


@every_kind
def test_staff_may_look_and_managers_may_change(kind: RecordKind, maker: Maker) -> None:
    address = add(maker.acting_as("manager"), kind)
    staff = maker.acting_as("staff")

    assert staff.get(address).status_code == 200
    assert staff.post(kind.address, kind.named("other")).status_code == 403
    assert staff.put(address, dict(kind.sample), version=1).status_code == 403
    assert staff.delete(address).status_code == 403
    assert staff.post(f"{address}/archive").status_code == 403
    assert staff.send("POST", f"{kind.address}/import", content=b"x").status_code in {403, 422}
    assert len(keys_of(maker, kind)) == 1


@every_kind
def test_what_is_archived_is_still_there_and_can_be_restored(kind: RecordKind, maker: Maker) -> None:
    address = add(maker, kind)

    archived = maker.post(f"{address}/archive").json()
    again = maker.post(f"{address}/archive").json()

    assert archived["archived_at"] is not None
    assert again["archived_at"] == archived["archived_at"]
    assert keys_of(maker, kind, "?archived=true") == [kind.sample[kind.key]]
    assert keys_of(maker, kind, "?archived=false") == []
    assert maker.post(f"{address}/restore").json()["archived_at"] is None


@every_kind
def test_what_was_never_used_is_deleted(kind: RecordKind, maker: Maker) -> None:
    address = add(maker, kind)

    assert maker.delete(address).status_code == 204
    assert maker.get(address).status_code == 404


@every_kind
def test_a_list_and_one_record_cost_two_statements(kind: RecordKind, maker: Maker) -> None:
    address = add(maker, kind)

    for place in (kind.address, address):
        before = maker.statements()
        maker.get(place)
        assert maker.statements() - before == STATEMENTS_OF_A_READ


@every_kind
def test_an_export_holds_all_pages_of_the_filter_and_can_be_imported_by_another_tenant(
    kind: RecordKind, maker: Maker, other_maker: Maker
) -> None:
    add(maker, kind)
    for number in range(5):
        maker.post(kind.address, kind.named(f"K-{number}"))
    exported = maker.get(f"{kind.address}/export?dialect=german&archived=false")

    imported = other_maker.send("POST", f"{kind.address}/import", content=exported.content)

    assert exported.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="{kind.things}-20' in exported.headers["content-disposition"]
    assert imported.json() == {"added": 6, "refused": []}
    assert keys_of(other_maker, kind) == keys_of(maker, kind)
    [first] = other_maker.get(f"{kind.address}?{search_of(kind)}").json()["items"]
    assert {name: first[name] for name in kind.sample} == dict(kind.sample)


def search_of(kind: RecordKind) -> str:
    """Return the query that finds the sample by what its key begins with, in small letters."""
    parameter = "name" if kind.key == "name" else "search"
    return f"{parameter}={str(kind.sample[kind.key])[:5].lower()}"


@every_kind
def test_bad_rows_are_named_and_good_ones_kept_or_all_refused_as_the_caller_chose(
    kind: RecordKind, maker: Maker
) -> None:
    header, row = kind.bare_row
    lines = [row.replace("@", name) for name in ("A", "B", "A")]
    content = "\r\n".join([header, *lines, "only one cell"]).encode()

    refused = maker.send("POST", f"{kind.address}/import?mode=all", content=content)
    kept = maker.send("POST", f"{kind.address}/import?mode=good", content=content)

    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [f"lines.4.{kind.key}", "lines.5"]
    assert kept.json()["added"] == 2
    assert [(fault["line"], fault["field"]) for fault in kept.json()["refused"]] == [(4, kind.key), (5, "")]
    assert keys_of(maker, kind) == ["A", "B"]


def test_bad_rows_anywhere_in_a_long_file_spoil_no_other(maker: Maker) -> None:
    names = [f"K-{number % 240:03}" for number in range(250)]
    content = "name,country\n" + "".join(f"{name},{'XX' if name == 'K-100' else 'GH'}\n" for name in names)

    result = maker.send("POST", "/api/trace/farms/import?mode=good", content=content.encode()).json()

    assert result["added"] == 239
    assert [(fault["line"], fault["field"]) for fault in result["refused"]] == [
        (102, "country"),
        *((line, "name") for line in range(242, 252)),
    ]


@every_kind
def test_a_file_that_is_no_csv_imports_nothing(kind: RecordKind, maker: Maker) -> None:
    for content in (b"", b"\xff\xfe", b"colour\nred\n", b'"name'):
        refused = maker.send("POST", f"{kind.address}/import", content=content)
        assert refused.status_code == 422
        assert refused.json()["hint"]
    assert keys_of(maker, kind) == []


@every_kind
def test_a_cell_that_would_be_a_formula_is_guarded(kind: RecordKind, maker: Maker) -> None:
    add(maker, kind, name="=1+1")

    rows = list(csv.DictReader(io.StringIO(maker.get(f"{kind.address}/export").content.decode("utf-8-sig"))))

    assert [row["name"] for row in rows] == ["'=1+1"]
