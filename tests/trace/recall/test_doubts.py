"""What is only possible: shared equipment and bins, unknown batches, folded codes."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from provender.trace.recall.model import (
    CodeMatch,
    ItemClass,
    ItemKind,
    MaterialKind,
    Reason,
    Root,
)
from provender.trace.recall.rules.reach import reach
from tests.trace.recall.records import Records, find, line, one_bar


@pytest.mark.parametrize(
    ("hours", "is_possible"),
    [((3.5, 5), True), ((20, 21), True), ((23, 26), True), ((24, 25), False), ((0, 0.5), False)],
)
def test_what_ran_on_the_same_equipment_until_midnight_is_possible(
    hours: tuple[float, float], *, is_possible: bool
) -> None:
    records = one_bar()
    records.add_batch("other bean")
    records.add_batch("other mass")
    records.add_process("other grind", {"other bean": 5}, {"other mass": 5}, hours=hours, equipment="mill")
    records.ship("other line", "other mass", 1, at=40)

    found = find(records, Root("bean"))

    assert ((ItemKind.PROCESS, "other grind") in found) is is_possible
    if is_possible:
        assert line(found, "other line").item_class is ItemClass.POSSIBLE
        assert line(found, "other line").reasons == (Reason.SAME_EQUIPMENT,)


def test_midnight_is_that_of_the_place_where_the_equipment_stands() -> None:
    records = one_bar()
    records.add_batch("other mass")
    # Hour 16 is one o'clock of the next day in Tokyo.
    records.add_process("next day", {}, {"other mass": 5}, hours=(16, 17), equipment="mill")

    in_tokyo = reach(records.graph(), [Root("bean")], zone=ZoneInfo("Asia/Tokyo"))
    in_berlin = reach(records.graph(), [Root("bean")], zone=ZoneInfo("Europe/Berlin"))

    assert "next day" not in {item.id for item in in_tokyo}
    assert "next day" in {item.id for item in in_berlin}


def test_doubt_about_equipment_does_not_spread_to_further_equipment() -> None:
    records = one_bar()
    for batch_id in ("m2", "m3"):
        records.add_batch(batch_id)
    records.add_process("second", {}, {"m2": 5}, hours=(5, 6), equipment="mill")
    records.add_process("use", {"m2": 5}, {}, hours=(7, 8), equipment="conche")
    records.add_process("third", {}, {"m3": 5}, hours=(9, 10), equipment="conche")

    found = find(records, Root("bean"))

    assert (ItemKind.PROCESS, "use") in found
    assert (ItemKind.PROCESS, "third") not in found


def rework_bins() -> Records:
    records = one_bar()
    for batch_id in ("suspect rework", "same bin", "gone before"):
        records.add_batch(batch_id, MaterialKind.REWORK, material="dark rework")
    records.add_batch("other bin", MaterialKind.REWORK, material="milk rework")
    for batch_id in ("same bin", "gone before", "other bin"):
        records.receive(batch_id, 10)
    records.add_process("trim", {"mass": 10}, {"rework:suspect rework": 10}, hours=(4, 5))
    return records


def test_rework_of_the_same_material_in_the_same_bin_is_possible() -> None:
    records = rework_bins()
    records.add_process("used up", {"gone before": 10}, {}, hours=(1, 2))

    found = find(records, Root("bean"))

    assert found[ItemKind.BATCH, "suspect rework"].item_class is ItemClass.DIRECT
    assert found[ItemKind.BATCH, "same bin"].reasons == (Reason.SHARED_REWORK_BIN,)
    assert (ItemKind.BATCH, "gone before") not in found
    assert (ItemKind.BATCH, "other bin") not in found


def test_what_left_the_bin_before_the_suspect_came_is_not_possible() -> None:
    records = rework_bins()
    records.add_batch("early")
    records.add_batch("late")
    records.add_process("scoop early", {"same bin": 1}, {"early": 1}, hours=(1, 2))
    records.add_process("scoop late", {"same bin": 1}, {"late": 1}, hours=(8, 9))

    found = find(records, Root("bean"))

    assert (ItemKind.BATCH, "early") not in found
    assert found[ItemKind.BATCH, "late"].item_class is ItemClass.POSSIBLE


def test_a_line_without_batch_is_possible_once_an_affected_batch_of_its_product_was_made() -> None:
    records = one_bar()
    records.ship("before", None, 1, at=3)
    records.ship("after", None, 1, at=5)
    records.ship("packed", None, 1, at=None)
    records.ship("another product", None, 1, at=5, product="nibs")

    found = find(records, Root("bean"))

    assert (ItemKind.SHIPMENT_LINE, "before") not in found
    assert (ItemKind.SHIPMENT_LINE, "another product") not in found
    assert line(found, "after").item_class is ItemClass.POSSIBLE
    assert line(found, "after").reasons == (Reason.BATCH_UNKNOWN,)
    assert line(found, "packed").item_class is ItemClass.CONTAINED
    assert line(found, "packed").certainty is ItemClass.POSSIBLE


def test_goods_of_unknown_batch_that_came_back_make_their_new_batch_possible() -> None:
    records = one_bar()
    records.add_batch("shelf", MaterialKind.FINISHED, product="truffle")
    records.receive("shelf", 10)
    records.ship("unknown", None, 5, at=7)
    records.take_back("back", "unknown", 5, into="shelf", at=20)
    records.ship("resold", "shelf", 5, at=30, product="truffle")
    records.ship("sold before", "shelf", 5, at=19, product="truffle")
    records.ship("truffle unknown", None, 1, at=31, product="truffle")

    found = find(records, Root("bean"))

    assert found[ItemKind.BATCH, "shelf"].reasons == (Reason.BATCH_UNKNOWN,)
    assert line(found, "resold").item_class is ItemClass.POSSIBLE
    assert (ItemKind.SHIPMENT_LINE, "sold before") not in found
    assert line(found, "truffle unknown").item_class is ItemClass.POSSIBLE


def test_doubt_goes_on_through_unknown_batches_until_nothing_is_added() -> None:
    records = one_bar()
    for number, product in enumerate(("bar", "truffle", "praline"), start=1):
        records.add_batch(f"shelf {number}", MaterialKind.FINISHED, product=f"next {product}")
        records.receive(f"shelf {number}", 10)
        records.ship(f"unknown {number}", None, 5, at=50, product=product)
        records.take_back(f"back {number}", f"unknown {number}", 4, into=f"shelf {number}", at=60)
    records.ship("truffle", "shelf 1", 1, at=70, product="truffle")
    records.ship("praline", "shelf 2", 1, at=70, product="praline")

    found = find(records, Root("bean"))

    for number in (1, 2, 3):
        assert line(found, f"unknown {number}").reasons == (Reason.BATCH_UNKNOWN,)
        assert found[ItemKind.BATCH, f"shelf {number}"].item_class is ItemClass.POSSIBLE


def test_a_root_matched_only_by_its_folded_code_makes_everything_possible() -> None:
    records = one_bar()
    records.ship("sent", "bars", 10, at=8)

    found = find(records, Root("bean", match=CodeMatch.NORMALISED))

    assert found[ItemKind.BATCH, "bean"].item_class is ItemClass.POSSIBLE
    assert line(found, "sent").reasons == (Reason.CODE_NORMALISED,)


def test_what_a_certain_root_reaches_stays_direct_beside_a_folded_one() -> None:
    records = one_bar()

    found = find(records, Root("bean"), Root("mass", match=CodeMatch.NORMALISED))

    assert found[ItemKind.BATCH, "bars"].item_class is ItemClass.DIRECT


def test_a_process_still_running_leaves_its_equipment_in_doubt() -> None:
    records = one_bar()
    running = next(process for process in records.processes if process.id == "grind")
    records.processes.remove(running)
    records.processes.append(replace(running, finished_at=None))
    records.add_batch("other mass")
    records.add_process("much later", {}, {"other mass": 5}, hours=(900, 901), equipment="mill")

    assert (ItemKind.PROCESS, "much later") in find(records, Root("bean"))
