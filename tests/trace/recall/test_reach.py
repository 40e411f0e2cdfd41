"""Reach, case by case: time, loops, contained, recovered, destroyed."""

from __future__ import annotations

import pytest

from provender.trace.recall.errors import NoRoots, RootMissing
from provender.trace.recall.model import (
    AllocationState,
    Disposition,
    ItemClass,
    ItemKind,
    MaterialKind,
    Reason,
    Root,
    RootKind,
)
from provender.trace.recall.rules.reach import reach
from tests.trace.recall.records import Records, find, line, one_bar, worked_vector


def tank() -> Records:
    """A tank that is topped up with suspect mass at hour 10 to 11, and drawn before and after."""
    records = Records()
    for batch_id in ("old", "suspect"):
        records.add_batch(batch_id)
        records.receive(batch_id, 100)
    records.add_batch("tank")
    for batch_id in ("early bars", "late bars"):
        records.add_batch(batch_id, MaterialKind.FINISHED)
    records.add_process("fill", {"old": 100}, {"tank": 100}, hours=(1, 2))
    records.add_process("early", {"tank": 20}, {"early bars": 20}, hours=(3, 4))
    records.add_process("top up", {"suspect": 100}, {"tank": 100}, hours=(10, 11))
    records.add_process("late", {"tank": 20}, {"late bars": 20}, hours=(12, 13))
    return records


def test_a_recall_without_a_suspect_is_refused() -> None:
    with pytest.raises(NoRoots):
        reach(one_bar().graph(), [])


def test_a_suspect_that_is_not_among_the_records_is_refused() -> None:
    with pytest.raises(RootMissing) as caught:
        reach(one_bar().graph(), [Root("never heard of")])

    assert caught.value.field == "roots"


def test_a_batch_that_was_never_used_is_the_whole_answer() -> None:
    records = Records()
    records.add_batch("idle")
    records.receive("idle", 5)

    found = find(records, Root("idle"))

    assert set(found) == {(ItemKind.BATCH, "idle"), (ItemKind.STOCK, "idle")}
    assert found[ItemKind.BATCH, "idle"].reasons == (Reason.ROOT,)


def test_a_batch_that_is_used_up_stays_on_the_list_without_stock() -> None:
    found = find(one_bar(), Root("bean"))

    assert found[ItemKind.BATCH, "mass"].item_class is ItemClass.DIRECT
    assert (ItemKind.STOCK, "mass") not in found
    assert found[ItemKind.STOCK, "bars"].quantity == 880


def test_what_is_in_the_house_is_contained() -> None:
    records = one_bar()
    records.allocate("planned", "bars", AllocationState.PLANNED)
    records.allocate("picked", "bars", AllocationState.PICKED)
    records.ship("packed", "bars", 10, at=None)

    found = find(records, Root("bean"))

    expected = {
        (ItemKind.STOCK, "bars"): (Reason.DESCENT, Reason.ON_HAND),
        (ItemKind.ALLOCATION, "planned"): (Reason.DESCENT, Reason.PLANNED),
        (ItemKind.ALLOCATION, "picked"): (Reason.DESCENT, Reason.PICKED),
        (ItemKind.SHIPMENT_LINE, "packed"): (Reason.DESCENT, Reason.NOT_DEPARTED),
    }
    assert {key: found[key].reasons for key in expected} == expected
    assert {found[key].item_class for key in expected} == {ItemClass.CONTAINED}


def test_a_shipped_line_is_direct_and_names_its_order_and_customer() -> None:
    records = one_bar()
    records.ship("sent", "bars", 10, at=8, customer="Kyoto")

    item = line(find(records, Root("bean")), "sent")

    assert (item.item_class, item.customer_id, item.order_id) == (
        ItemClass.DIRECT,
        "Kyoto",
        "order of sent",
    )


def test_what_was_drawn_before_the_suspect_entered_is_listed_as_excluded_by_time() -> None:
    records = tank()
    records.ship("early line", "tank", 1, at=9)
    records.ship("late line", "tank", 1, at=12)
    records.allocate("excluded", "early bars", AllocationState.PLANNED)
    records.allocate("unrelated", "old", AllocationState.PLANNED)

    found = find(records, Root("suspect"))

    assert found[ItemKind.BATCH, "tank"].item_class is ItemClass.DIRECT
    assert found[ItemKind.BATCH, "late bars"].item_class is ItemClass.DIRECT
    for key in (
        (ItemKind.PROCESS, "early"),
        (ItemKind.BATCH, "early bars"),
        (ItemKind.SHIPMENT_LINE, "early line"),
        (ItemKind.ALLOCATION, "excluded"),
    ):
        assert found[key].item_class is ItemClass.TIME_EXCLUDED
        assert Reason.DRAWN_BEFORE in found[key].reasons
    assert (ItemKind.ALLOCATION, "unrelated") not in found
    assert line(found, "late line").item_class is ItemClass.DIRECT


def test_a_draw_while_the_suspect_was_flowing_in_counts_as_contact() -> None:
    records = tank()
    records.add_batch("during bars", MaterialKind.FINISHED)
    records.add_process("during", {"tank": 20}, {"during bars": 20}, hours=(8, 10))

    found = find(records, Root("suspect"))

    assert found[ItemKind.BATCH, "during bars"].item_class is ItemClass.DIRECT


def test_a_process_without_hours_is_taken_to_have_touched_everything() -> None:
    records = tank()
    early = next(process for process in records.processes if process.id == "early")
    records.processes.remove(early)
    records.processes.append(type(early)("early", "mould", None, None))

    found = find(records, Root("suspect"))

    assert found[ItemKind.BATCH, "early bars"].item_class is ItemClass.DIRECT


def test_a_process_that_finished_before_it_started_is_read_the_other_way_round() -> None:
    records = tank()
    records.add_batch("odd bars")
    records.add_process("odd", {"tank": 5}, {"odd bars": 5}, hours=(12, 3))

    assert (ItemKind.BATCH, "odd bars") in find(records, Root("suspect"))


def test_a_rework_loop_ends_and_every_batch_in_it_is_direct() -> None:
    records = one_bar()
    records.add_batch("rework", MaterialKind.REWORK)
    records.add_process("trim", {"mass": 10}, {"rework:rework": 10}, hours=(4, 5))
    records.add_process("melt", {"rework": 10}, {"mass": 10}, hours=(6, 7))

    found = find(records, Root("bean"))

    assert found[ItemKind.BATCH, "rework"].item_class is ItemClass.DIRECT
    assert found[ItemKind.BATCH, "mass"].depth == 1


def test_a_process_that_feeds_itself_ends() -> None:
    records = one_bar()
    records.add_process("stir", {"mass": 10}, {"mass": 10}, hours=(3, 4))

    assert find(records, Root("mass"))[ItemKind.PROCESS, "stir"].depth == 1


def test_a_suspect_process_makes_everything_it_made_direct() -> None:
    found = find(one_bar(), Root("grind", RootKind.PROCESS))

    assert found[ItemKind.PROCESS, "grind"].reasons == (Reason.ROOT,)
    assert found[ItemKind.BATCH, "mass"].item_class is ItemClass.DIRECT
    assert (ItemKind.BATCH, "bean") not in found


def test_each_item_names_what_it_was_reached_through() -> None:
    found = find(worked_vector(), Root("A1"))

    assert found[ItemKind.PROCESS, "C2"].via_batch_id == "N1"
    assert found[ItemKind.BATCH, "M2"].via_process_id == "C2"


@pytest.mark.parametrize(
    ("disposition", "into", "line_class", "return_reason"),
    [
        (Disposition.RESTOCK, "bars", ItemClass.RECOVERED, Reason.RETURNED),
        (Disposition.REWORK, None, ItemClass.RECOVERED, Reason.RETURNED_BATCH_UNKNOWN),
        (Disposition.DESTROY, None, ItemClass.DESTROYED, Reason.RETURN_DESTROYED),
    ],
)
def test_what_came_back_is_recovered_or_destroyed(
    disposition: Disposition, into: str | None, line_class: ItemClass, return_reason: Reason
) -> None:
    records = one_bar()
    records.ship("sent", "bars", 10, at=8)
    records.take_back("back", "sent", 10, into=into, at=20, disposition=disposition)

    found = find(records, Root("bean"))

    assert line(found, "sent").item_class is line_class
    assert found[ItemKind.RETURN_LINE, "back"].item_class is line_class
    assert return_reason in found[ItemKind.RETURN_LINE, "back"].reasons


def test_a_partial_return_leaves_the_line_direct_and_says_how_much_came_back() -> None:
    records = one_bar()
    records.ship("sent", "bars", 10, at=8)
    records.take_back("back", "sent", 4, into="bars", at=20)

    item = line(find(records, Root("bean")), "sent")

    assert (item.item_class, item.quantity, item.returned) == (ItemClass.DIRECT, 10, 4)


def test_goods_returned_into_another_batch_carry_the_suspicion_there() -> None:
    records = one_bar()
    records.add_batch("bin", MaterialKind.REWORK)
    records.add_batch("next mass")
    records.ship("sent", "bars", 10, at=8)
    records.take_back("back", "sent", 10, into="bin", at=20, disposition=Disposition.REWORK)
    records.add_process("before", {"bin": 1}, {"mass": 1}, hours=(10, 11))
    records.add_process("melt", {"bin": 9}, {"next mass": 9}, hours=(21, 22))

    found = find(records, Root("bean"))

    assert found[ItemKind.BATCH, "bin"].via_process_id == "back"
    assert found[ItemKind.BATCH, "next mass"].item_class is ItemClass.DIRECT
    assert found[ItemKind.PROCESS, "before"].item_class is ItemClass.TIME_EXCLUDED


def test_a_return_of_what_left_before_the_suspect_entered_carries_nothing() -> None:
    records = tank()
    records.add_batch("bin", MaterialKind.REWORK)
    records.ship("early line", "tank", 5, at=9)
    records.take_back("back", "early line", 5, into="bin", at=20)

    found = find(records, Root("suspect"))

    assert found[ItemKind.BATCH, "bin"].item_class is ItemClass.TIME_EXCLUDED
    assert found[ItemKind.RETURN_LINE, "back"].item_class is ItemClass.TIME_EXCLUDED


def test_scrap_counts_as_destroyed() -> None:
    found = find(worked_vector(), Root("A1"))

    scrap = found[ItemKind.STOCK, "X1"]
    assert (scrap.item_class, scrap.quantity) == (ItemClass.DESTROYED, 500)


def test_packaging_reaches_only_what_was_packed_with_it() -> None:
    records = one_bar()
    records.add_batch("foil", MaterialKind.PACKAGING)
    records.add_batch("boxes", MaterialKind.FINISHED)
    records.receive("foil", 100)
    records.add_process("pack", {"bars": 100, "foil": 10}, {"boxes": 100}, hours=(8, 9))

    found = find(records, Root("foil"))

    assert {key[1] for key in found if key[0] is ItemKind.BATCH} == {"foil", "boxes"}


def test_a_batch_whose_making_is_not_recorded_is_listed_without_quantity() -> None:
    records = Records()
    records.add_batch("found", MaterialKind.FINISHED)
    records.ship("sent", "found", 10, at=8)

    stock = find(records, Root("found"))[ItemKind.STOCK, "found"]

    assert (stock.item_class, stock.quantity) == (ItemClass.CONTAINED, None)


def test_two_lines_of_one_batch_in_one_order_are_two_items() -> None:
    records = one_bar()
    records.ship("first", "bars", 10, at=8)
    records.ship("second", "bars", 5, at=8)

    found = find(records, Root("bean"))

    assert {"first", "second"} <= {item_id for kind, item_id in found if kind is ItemKind.SHIPMENT_LINE}
