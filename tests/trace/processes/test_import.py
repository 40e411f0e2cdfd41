"""Receipts from a file: every bad row is named, and nothing is half-written."""

from __future__ import annotations

import pytest

from tests.maker import Maker
from tests.trace.workshop import Workshop

IMPORT = "/api/trace/processes/import"
HEAD = "material,code,quantity,unit,received_on,farm\n"


@pytest.fixture
def workshop(maker: Maker) -> Workshop:
    made = Workshop(maker.acting_as("staff"))
    made.world.material("beans", "bean")
    made.world.farm("Finca Elvesia")
    return made


def codes(workshop: Workshop) -> list[str]:
    return [batch["code"] for batch in workshop.maker.get("/api/trace/batches").json()["items"]]


def test_rows_become_receipts_of_their_day(workshop: Workshop) -> None:
    answer = workshop.maker.send(
        "POST", IMPORT, content=f"{HEAD}beans,A1,60,kg,2026-03-02,Finca Elvesia\nbeans,,12.5,kg,2026-03-03,\n".encode()
    )

    assert answer.json() == {"added": 2, "refused": []}
    found = {batch["code"]: batch for batch in workshop.maker.get("/api/trace/batches").json()["items"]}
    assert set(found) == {"A1", "260303-01"}
    assert (found["A1"]["made_on"], found["A1"]["farm"]["name"]) == ("2026-03-02", "Finca Elvesia")
    assert found["A1"]["quantities"]["on_hand"] == 60_000


BAD = "beans,A1,60,kg,,\ncacao,A2,1,kg,,\nbeans,A3,1,l,,\nbeans,A1,1,kg,,\nbeans,A5,0,kg,,\nbeans,A6,1,kg,,Nowhere\n"


def test_in_mode_all_one_bad_row_keeps_the_whole_file_out_and_each_is_named(workshop: Workshop) -> None:
    answer = workshop.maker.send("POST", f"{IMPORT}?mode=all", content=(HEAD + BAD).encode())

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [
        "lines.3.material",
        "lines.4.unit",
        "lines.5.code",
        "lines.6.quantity",
        "lines.7.farm",
    ]
    assert codes(workshop) == []


def test_in_mode_good_the_good_rows_are_kept(workshop: Workshop) -> None:
    answer = workshop.maker.send("POST", f"{IMPORT}?mode=good", content=(HEAD + BAD).encode())

    assert answer.status_code == 200, answer.text
    assert answer.json()["added"] == 1
    assert [(row["line"], row["field"]) for row in answer.json()["refused"]] == [
        (3, "material"),
        (4, "unit"),
        (5, "code"),
        (6, "quantity"),
        (7, "farm"),
    ]
    assert codes(workshop) == ["A1"]


def test_a_future_day_is_refused_by_its_column(workshop: Workshop) -> None:
    answer = workshop.maker.send("POST", IMPORT, content=f"{HEAD}beans,A1,1,kg,2999-01-01,\n".encode())

    assert [error["field"] for error in answer.json()["errors"]] == ["lines.2.received_on"]


def test_lists_leave_as_csv(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)

    batches = workshop.maker.get("/api/trace/batches/export?code=A")
    processes = workshop.maker.get("/api/trace/processes/export?kind=receive&dialect=german")

    assert batches.text.splitlines()[1].startswith("A1,beans,beans,")
    assert ",60000," in batches.text.splitlines()[1]
    assert processes.text.splitlines()[1].startswith("receive;")
    assert "attachment" in batches.headers["content-disposition"]
