"""`provender trace`: the same verbs as REST and pages, for people and programs at a terminal."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.operator import Operator

pytestmark = pytest.mark.slow


def test_batches_are_listed_and_narrowed_by_code_material_and_farm(operator: Operator) -> None:
    every = operator.types("trace", "batches", "--limit", "1000", "--json").json["items"]
    one = operator.types("trace", "batches", "--code", " alt-0418", "--json").json["items"]
    beans = operator.types("trace", "batches", "--material", one[0]["material"]["name"], "--json").json["items"]
    farmed = operator.types("trace", "batches", "--farm", "Toledo District", "--json").json["items"]
    shown = operator.types("trace", "batches", "--code", "ALT-0418")

    assert len(every) > 500
    assert [batch["code"] for batch in one] == ["ALT-0418"]
    assert {batch["material"]["name"] for batch in beans} == {one[0]["material"]["name"]}
    assert [batch["code"] for batch in farmed] == ["TOL-001"]
    assert shown.lines[0].split()[:2] == ["Code", "Material"]
    assert shown.lines[1].startswith("ALT-0418")


def test_a_short_list_says_that_more_follows(operator: Operator) -> None:
    assert "More rows follow" in operator.types("trace", "batches", "--limit", "3").out


def test_a_name_that_is_not_there_is_told(operator: Operator) -> None:
    refused = operator.types("trace", "batches", "--farm", "Nowhere")

    assert (refused.code, refused.out) == (1, "")
    assert "There is no farm Nowhere." in refused.err


def test_find_tells_what_a_scanner_would_open(operator: Operator) -> None:
    batch = operator.types("trace", "find", "ALT-0418", "--json").json["items"]
    missing = operator.types("trace", "find", "no such code")

    assert [(one["kind"], one["title"]) for one in batch] == [("batch", "ALT-0418")]
    assert missing.code == 1
    assert "Nothing here is called no such code." in missing.err


def test_a_trace_is_a_tree_whose_quantities_are_those_of_the_worked_example(operator: Operator) -> None:
    tree = operator.types("trace", "trace", "A1", "--direction", "forward").lines
    graph = operator.types("trace", "trace", "A1", "--direction", "forward", "--json").json

    assert tree[0].startswith("batch A1, Cocoa beans")
    assert any(line.strip().startswith("process roast") and line.endswith("60 kg") for line in tree)
    assert any("batch BR1" in line and line.endswith("1,150 pieces") for line in tree)
    assert {"root", "nodes", "edges"} == set(graph)
    assert all(node["label"] in "\n".join(tree) for node in graph["nodes"])


def test_a_loop_in_a_trace_ends_and_says_so(operator: Operator) -> None:
    tree = operator.types("trace", "trace", "REWORK-LOOP")

    assert tree.code == 0
    assert "(see above)" in tree.out


def test_orders_of_a_batch_are_listed_once_each(operator: Operator) -> None:
    everything = operator.types("trace", "orders", "A1", "--json").json["items"]
    direct = operator.types("trace", "orders", "A1", "--direct", "--json").json["items"]
    cancelled = operator.types("trace", "orders", "ONLY-CANCELLED", "--cancelled", "--json").json["items"]
    shown = operator.types("trace", "orders", "A1").lines

    assert len({order["id"] for order in everything}) == len(everything) == 5
    assert direct == []
    assert [order["state"] for order in cancelled] == ["cancelled"]
    assert shown[-1] == "5 orders."


def test_an_unknown_code_is_refused_and_bad_usage_is_told_apart(operator: Operator) -> None:
    assert operator.types("trace", "orders", "NO-SUCH-BATCH").code == 1
    assert operator.types("trace", "orders").code == 2
    assert operator.types("trace", "nonsense").code == 2
    assert operator.types("trace", "trace", "A1", "--direction", "sideways").code == 2


def test_an_exercise_is_previewed_opened_listed_shown_and_exported(operator: Operator, tmp_path: Path) -> None:
    reach = operator.types("trace", "reach", "A1", "--json").json
    opened = operator.types(
        "trace", "recall", "open", "A1", "--title", "Exercise", "--reason", "a husk", "--mock", "--json"
    ).json
    number = opened["number"]

    listed = operator.types("trace", "recall", "list", "--json").json["items"]
    shown = operator.types("trace", "recall", "show", number.lower())
    files = {
        kind: operator.types("trace", "recall", "export", number, "--format", kind, "--to", str(tmp_path / kind))
        for kind in ("csv", "xlsx", "epcis", "fsma", "geojson")
    }

    assert opened["kind"] == "mock"
    assert {name: opened[name] for name in ("batch_count", "order_count", "customer_count")} == {
        name: reach[name] for name in ("batch_count", "order_count", "customer_count")
    }
    assert number in {case["number"] for case in listed}
    assert opened["result_hash"] in shown.out
    assert {kind: told.code for kind, told in files.items()} == dict.fromkeys(files, 0)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "csv").read_bytes().decode("utf-8-sig"))))
    assert len(rows) == opened["item_count"]
    assert all(zipfile.is_zipfile(tmp_path / kind) for kind in ("xlsx", "fsma"))
    assert json.loads((tmp_path / "epcis").read_bytes())["type"] == "EPCISDocument"
    assert json.loads((tmp_path / "geojson").read_bytes())["type"] == "FeatureCollection"


def test_staff_may_look_and_may_not_open_a_recall(operator: Operator) -> None:
    staff = ("--as", "sven@altstadt.example")

    looked = operator.types("trace", "orders", "A1", *staff)
    refused = operator.types("trace", "recall", "open", "A1", "--title", "No", "--reason", "no", *staff)

    assert looked.code == 0
    assert refused.code == 1
    assert "manager" in refused.err


def test_what_a_command_changes_bears_the_name_of_its_person(operator: Operator) -> None:
    opened = operator.types(
        "trace", "recall", "open", "A1", "--title", "Whose", "--reason", "a test", "--mock", "--json",
        "--as", "mara@altstadt.example",
    ).json  # fmt: skip

    assert opened["opened_by_name"] == "Mara Vogt"


def test_a_bad_reason_names_its_field(operator: Operator) -> None:
    refused = operator.types("trace", "recall", "open", "A1", "--title", " ", "--reason", "x")

    assert refused.code == 1
    assert "title" in refused.err


def test_lists_leave_as_files_and_come_in_as_files(operator: Operator, tmp_path: Path) -> None:
    target = tmp_path / "batches.csv"
    written = operator.types("trace", "export", "batches", "--to", str(target))
    incoming = tmp_path / "customers.csv"
    incoming.write_text("name,country,language\nTerminal Test Shop,DE,de\nNo Country,XX,de\n", encoding="utf-8")

    refused = operator.types("trace", "import", "customers", str(incoming))
    added = operator.types("trace", "import", "customers", str(incoming), "--mode", "good", "--json").json

    assert written.code == 0
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) > 500
    assert refused.code == 1
    assert "lines.3.country" in refused.err
    assert added["added"] == 1
    assert [(row["line"], row["field"]) for row in added["refused"]] == [(3, "country")]


@pytest.mark.parametrize("what", ["batches", "customers", "orders"])
def test_an_export_that_cannot_be_written_says_so(operator: Operator, tmp_path: Path, what: str) -> None:
    refused = operator.types("trace", "export", what, "--to", str(tmp_path / "absent" / "file.csv"))

    assert refused.code == 1
    assert "cannot be written" in refused.err


@pytest.mark.parametrize("what", ["customers", "farms", "materials", "orders", "products", "receipts", "suppliers"])
def test_a_file_that_is_not_there_is_told(operator: Operator, tmp_path: Path, what: str) -> None:
    refused = operator.types("trace", "import", what, str(tmp_path / "absent.csv"))

    assert refused.code == 1
    assert "cannot be read" in refused.err


def test_a_command_leaves_no_access_behind(operator: Operator) -> None:
    before = operator.types("admin", "revoke", "ada@altstadt.example").out
    operator.types("trace", "find", "A1")
    operator.types("trace", "find", "no such code")

    after = operator.types("admin", "revoke", "ada@altstadt.example").out

    assert before.startswith("Ended: ")
    assert after.startswith("Ended: 0.")
