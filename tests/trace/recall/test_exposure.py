"""Exposure, case by case: packaging, what cannot be weighed, wrong hours, returns, counts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from provender.kit.quantities.units import BaseUnit
from provender.trace.recall.errors import NoRoots, RootMissing
from provender.trace.recall.model import Disposition, MaterialKind
from provender.trace.recall.rules.exposure import trace_exposure
from tests.trace.recall.records import Records, worked_vector


def two_sources() -> Records:
    records = Records()
    for batch_id in ("bean", "sugar"):
        records.add_batch(batch_id, MaterialKind.BEAN)
        records.receive(batch_id, 1000)
    records.add_batch("mass")
    records.add_process("grind", {"bean": 600, "sugar": 400}, {"mass": 1000}, hours=(1, 2))
    return records


def test_exposure_needs_a_root_that_is_among_the_records() -> None:
    with pytest.raises(NoRoots):
        trace_exposure(two_sources().graph(), [])
    with pytest.raises(RootMissing):
        trace_exposure(two_sources().graph(), ["never heard of"])


def test_sugar_has_the_share_worked_by_hand_through_nibs_and_rework() -> None:
    exposure = trace_exposure(worked_vector().graph(), ["S1"])

    assert exposure.share_by_batch["M2"] == Fraction(64, 225)
    assert exposure.share_by_process["C2"] == Fraction(64, 225)


def test_a_root_is_wholly_suspect_although_it_was_made_from_others() -> None:
    exposure = trace_exposure(two_sources().graph(), ["mass"])

    assert exposure.share_by_batch == {"mass": 1}


def test_pieces_are_weighed_by_the_net_content_of_their_making() -> None:
    records = two_sources()
    records.add_batch("bars", MaterialKind.FINISHED, unit=BaseUnit.PIECE, mass_g=50)
    records.add_batch("mix")
    records.add_process("mould", {"mass": 500}, {"bars": 10}, hours=(3, 4))
    records.add_process("rework", {"bars": 2, "sugar": 100}, {"mix": 200}, hours=(5, 6))

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.share_by_batch["bars"] == Fraction(3, 5)
    assert exposure.share_by_batch["mix"] == Fraction(3, 10)


def wrapped() -> Records:
    records = two_sources()
    records.add_batch("bars", MaterialKind.FINISHED)
    for batch_id in ("foil 1", "foil 2"):
        records.add_batch(batch_id, MaterialKind.PACKAGING, unit=BaseUnit.PIECE, mass_g=None, material="foil")
        records.receive(batch_id, 100)
    records.add_process("pack", {"mass": 100, "foil 1": 30, "foil 2": 10}, {"bars": 100}, hours=(3, 4))
    return records


def test_packaging_does_not_dilute_food_and_needs_no_weight() -> None:
    exposure = trace_exposure(wrapped().graph(), ["bean"])

    assert exposure.share_by_batch["bars"] == Fraction(3, 5)
    assert exposure.unknown_mass_batch_ids == ()


def test_a_packaging_root_counts_within_its_own_material() -> None:
    exposure = trace_exposure(wrapped().graph(), ["foil 1"])

    assert exposure.share_by_batch["bars"] == Fraction(3, 4)


def test_food_and_packaging_roots_together_give_the_larger_share() -> None:
    graph = wrapped().graph()

    assert trace_exposure(graph, ["bean", "foil 1"]).share_by_batch["bars"] == Fraction(3, 4)
    assert trace_exposure(graph, ["bean", "foil 2"]).share_by_batch["bars"] == Fraction(3, 5)


def test_food_that_cannot_be_weighed_is_named_and_never_lowers_a_share() -> None:
    records = two_sources()
    records.add_batch("syrup", unit=BaseUnit.MILLILITRE, mass_g=None)
    records.add_batch("filling")
    records.add_process("mix", {"mass": 100, "syrup": 900}, {"filling": 900}, hours=(3, 4))

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.share_by_batch["filling"] == Fraction(3, 5)
    assert exposure.unknown_mass_batch_ids == ("syrup",)


def test_batches_of_one_material_mix_by_their_own_unit_when_they_have_no_weight() -> None:
    records = Records()
    for batch_id in ("milk 1", "milk 2", "tank"):
        records.add_batch(batch_id, unit=BaseUnit.MILLILITRE, mass_g=None, material="milk")
        records.receive(batch_id, 1)
    records.outputs.pop()
    records.add_process("pour", {"milk 1": 1, "milk 2": 3}, {"tank": 4}, hours=(1, 2))

    assert trace_exposure(records.graph(), ["milk 1"]).share_by_batch["tank"] == Fraction(1, 4)


def test_a_draw_takes_the_mix_of_its_own_moment() -> None:
    records = two_sources()
    records.add_batch("tank")
    records.add_process("fill", {"sugar": 100}, {"tank": 100}, hours=(1, 2))
    records.ship("early", "tank", 50, at=3)
    records.add_process("top up", {"bean": 50}, {"tank": 50}, hours=(4, 5))
    records.ship("late", "tank", 50, at=6)

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.share_by_shipment_line == {"late": Fraction(1, 2)}
    assert exposure.stock_share_by_batch["tank"] == Fraction(1, 2)
    assert exposure.share_by_batch["tank"] == Fraction(1, 3)


def test_drawing_more_than_there_was_keeps_the_last_mix_and_is_named() -> None:
    records = two_sources()
    records.add_batch("bars", MaterialKind.FINISHED)
    records.add_process("mould", {"mass": 1500}, {"bars": 1500}, hours=(3, 4))

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.share_by_batch["bars"] == Fraction(3, 5)
    assert exposure.over_drawn_batch_ids == ("mass",)


def test_a_day_recorded_with_one_hour_for_everything_is_computed_from_the_beginning() -> None:
    records = Records()
    for batch_id in ("bean", "nibs", "mass", "bars"):
        records.add_batch(batch_id)
    records.receive("bean", 100)
    records.add_process("a mould", {"mass": 100}, {"bars": 100}, hours=(0, 24))
    records.add_process("b grind", {"nibs": 100}, {"mass": 100}, hours=(0, 24))
    records.add_process("c roast", {"bean": 100}, {"nibs": 100}, hours=(0, 24))

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.share_by_batch["bars"] == 1
    assert exposure.out_of_order_process_ids == ()


def test_a_process_recorded_after_the_one_that_used_it_is_computed_first_and_named() -> None:
    records = Records()
    for batch_id in ("bean", "mass", "bars"):
        records.add_batch(batch_id)
    records.receive("bean", 100)
    records.add_process("mould", {"mass": 100}, {"bars": 100}, hours=(1, 2))
    records.add_process("grind", {"bean": 100}, {"mass": 100}, hours=(5, 6))

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.share_by_batch["bars"] == 1
    assert exposure.out_of_order_process_ids == ("mould",)


def test_a_loop_that_nothing_ever_entered_ends_without_a_share() -> None:
    records = two_sources()
    for batch_id in ("hen", "egg"):
        records.add_batch(batch_id)
    records.add_process("lay", {"hen": 1}, {"egg": 1}, hours=(1, 2))
    records.add_process("hatch", {"egg": 1, "bean": 1}, {"hen": 2}, hours=(3, 4))

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.share_by_batch["hen"] == Fraction(1, 2)


def test_goods_returned_into_another_batch_bring_their_share() -> None:
    records = two_sources()
    records.add_batch("bin", MaterialKind.REWORK)
    records.ship("sent", "mass", 100, at=3)
    records.take_back("back", "sent", 50, into="bin", at=5, disposition=Disposition.REWORK)
    records.add_process("add sugar", {"sugar": 50}, {"bin": 50}, hours=(6, 7))

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.share_by_batch["bin"] == Fraction(3, 10)


def test_goods_returned_into_a_changed_tank_bring_the_share_they_left_with() -> None:
    records = two_sources()
    records.add_batch("tank")
    records.add_process("fill", {"bean": 100}, {"tank": 100}, hours=(1, 2))
    records.ship("sent", "tank", 100, at=3)
    records.add_process("refill", {"sugar": 100}, {"tank": 100}, hours=(4, 5))
    records.take_back("back", "sent", 100, into="tank", at=6)

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.stock_share_by_batch["tank"] == Fraction(1, 2)


def test_what_a_count_finds_too_much_of_is_more_of_the_same() -> None:
    records = two_sources()
    records.add_process("count", {}, {"mass": 500}, hours=(5, 5), kind="count")

    assert trace_exposure(records.graph(), ["bean"]).share_by_batch["mass"] == Fraction(3, 5)


def test_what_a_process_loses_is_exposed_like_what_it_makes() -> None:
    records = two_sources()
    records.add_batch("bars")
    records.add_process("mould", {"mass": 100}, {"bars": 90}, hours=(3, 4))

    (loss,) = trace_exposure(records.graph(), ["bean"]).losses

    assert (loss.process_id, loss.mass_g, loss.exposed) == ("mould", 10, 6)


def test_a_batch_that_is_named_but_not_given_counts_as_unweighable() -> None:
    records = two_sources()
    records.add_batch("bars")
    records.add_process("mould", {"mass": 100, "lost record": 900}, {"bars": 1000}, hours=(3, 4))

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.share_by_batch["bars"] == Fraction(3, 5)
    assert exposure.unknown_mass_batch_ids == ("lost record",)


def test_packaging_made_into_packaging_keeps_its_share() -> None:
    records = wrapped()
    records.add_batch("printed foil", MaterialKind.PACKAGING, unit=BaseUnit.PIECE, mass_g=None)
    records.add_process("print", {"foil 1": 10, "foil 2": 30}, {"printed foil": 40}, hours=(5, 6))

    exposure = trace_exposure(records.graph(), ["foil 1"])

    assert exposure.share_by_batch["printed foil"] == Fraction(1, 4)


def test_what_is_shipped_the_moment_a_process_ends_already_holds_its_output() -> None:
    records = two_sources()
    records.add_batch("tank")
    records.add_process("fill", {"sugar": 50}, {"tank": 50}, hours=(1, 2))
    records.add_process("top up", {"bean": 50}, {"tank": 50}, hours=(4, 5))
    records.ship("at once", "tank", 10, at=5)

    exposure = trace_exposure(records.graph(), ["bean"])

    assert exposure.share_by_shipment_line == {"at once": Fraction(1, 2)}


def test_a_draw_of_the_very_same_hour_comes_after_all_fillings_of_that_hour() -> None:
    records = two_sources()
    records.add_batch("tank")
    records.add_batch("bars")
    records.add_process("a draw", {"tank": 10}, {"bars": 10}, hours=(0, 24))
    records.add_process("b fill", {"sugar": 50}, {"tank": 50}, hours=(0, 24))
    records.add_process("c fill", {"bean": 50}, {"tank": 50}, hours=(0, 24))

    assert trace_exposure(records.graph(), ["bean"]).share_by_batch["bars"] == Fraction(1, 2)
