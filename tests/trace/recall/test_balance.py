"""Mass balances: every figure with its rows, nothing clamped, pieces counted."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from provender.kit.quantities.units import BaseUnit
from provender.trace.recall.model import Disposition, MassBalance, MaterialKind
from provender.trace.recall.rules.balance import balance_mass
from tests.trace.recall.generated import tangles
from tests.trace.recall.records import Records


def account(balance: MassBalance) -> dict[str, Fraction]:
    names = ("received", "used", "on_hand", "sold", "returned", "scrapped", "unaccounted")
    return {name: getattr(balance, name).amount for name in names if getattr(balance, name).amount}


def sold_bars() -> Records:
    """100 bars, of which 70 were sold and 20 came back, each way once."""
    records = Records()
    records.add_batch("bars", MaterialKind.FINISHED, unit=BaseUnit.PIECE, mass_g=50)
    records.receive("bars", 100)
    records.ship("sent", "bars", 70, at=3)
    records.take_back("restocked", "sent", 8, into="bars", at=4)
    records.take_back("destroyed", "sent", 12, into=None, at=5, disposition=Disposition.DESTROY)
    return records


def test_the_account_of_a_finished_batch_is_in_its_own_unit() -> None:
    balance = balance_mass(sold_bars().graph(), "bars")

    assert balance.base_unit is BaseUnit.PIECE
    assert account(balance) == {"received": 100, "on_hand": 38, "sold": 50, "returned": 12}
    assert balance.explained == 1
    assert balance.found == 100


def test_every_figure_names_its_rows() -> None:
    balance = balance_mass(sold_bars().graph(), "bars")

    assert [row.id for row in balance.sold.rows] == ["sent"]
    assert [(row.table, row.id) for row in balance.returned.rows] == [("return_line", "destroyed")]
    assert [(row.table, row.id) for row in balance.on_hand.rows] == [("batch", "bars")]


def test_what_a_count_took_out_is_unaccounted_for() -> None:
    records = sold_bars()
    records.add_process("count", {"bars": 5}, {}, hours=(6, 6), kind="count")

    balance = balance_mass(records.graph(), "bars")

    assert balance.unaccounted.amount == 5
    assert [row.id for row in balance.unaccounted.rows] == ["count/1"]
    assert balance.explained == Fraction(95, 100)


def test_what_was_thrown_away_is_scrapped_and_no_loss() -> None:
    records = sold_bars()
    records.add_process("drop", {"bars": 5}, {}, hours=(6, 6), kind="scrap")

    balance = balance_mass(records.graph(), "bars")

    assert balance.scrapped.amount == 5
    assert balance.lost.amount == 0
    assert balance.found_and_lost_share == 1


def test_more_sold_than_made_is_over_one_hundred_percent_and_not_clamped() -> None:
    records = sold_bars()
    records.ship("too many", "bars", 60, at=6)

    balance = balance_mass(records.graph(), "bars")

    assert balance.explained == Fraction(122, 100)
    assert balance.unaccounted.amount == -22
    assert balance.on_hand.amount == 0
    assert balance.is_over


def test_more_used_than_received_is_over_also_where_nothing_can_be_found() -> None:
    records = Records()
    records.add_batch("bean")
    records.add_batch("jar", unit=BaseUnit.PIECE, mass_g=None)
    records.receive("bean", 100)
    records.add_process("fill", {"bean": 110}, {"jar": 3}, hours=(1, 2))

    balance = balance_mass(records.graph(), "bean")

    assert (balance.found, balance.explained) == (0, Fraction(11, 10))
    assert balance.is_over


def test_a_process_that_gained_is_over_one_hundred_percent_in_what_is_found() -> None:
    records = Records()
    records.add_batch("bean")
    records.add_batch("mass")
    records.receive("bean", 100)
    records.add_process("grind", {"bean": 100}, {"mass": 110}, hours=(1, 2))

    balance = balance_mass(records.graph(), "bean")

    assert balance.found == 110
    assert balance.lost.amount == -10
    assert balance.found_share == Fraction(11, 10)
    assert balance.found_and_lost_share == 1


def test_a_count_that_finds_more_is_negative_and_unaccounted_for() -> None:
    records = sold_bars()
    records.add_process("count", {}, {"bars": 5}, hours=(6, 6), kind="count")

    balance = balance_mass(records.graph(), "bars")

    assert balance.received.amount == 100
    assert balance.unaccounted.amount == -5
    assert balance.is_over


def test_a_batch_whose_receipt_is_not_recorded_has_no_percentage() -> None:
    records = Records()
    records.add_batch("bean")
    records.add_batch("mass")
    records.add_process("grind", {"bean": 100}, {"mass": 90}, hours=(1, 2))

    balance = balance_mass(records.graph(), "bean")

    assert (balance.received.amount, balance.explained, balance.found_share) == (0, None, None)
    assert balance.found == 90


def test_what_is_downstream_is_split_by_where_it_is() -> None:
    records = Records()
    records.add_batch("bean")
    records.add_batch("sugar")
    records.add_batch("bars", MaterialKind.FINISHED, unit=BaseUnit.PIECE, mass_g=100)
    records.receive("bean", 1000)
    records.receive("sugar", 1000)
    records.add_process("make", {"bean": 1000, "sugar": 1000}, {"bars": 20}, hours=(1, 2))
    records.ship("sent", "bars", 10, at=3)
    records.take_back("back", "sent", 2, into=None, at=4, disposition=Disposition.DESTROY)
    records.add_process("drop", {"bars": 1}, {}, hours=(5, 5), kind="scrap")
    records.add_process("count", {"bars": 1}, {}, hours=(6, 6), kind="count")

    balance = balance_mass(records.graph(), "bean")

    (bars,) = [finding for finding in balance.findings if finding.batch_id == "bars"]
    figures = (bars.on_hand, bars.sold, bars.returned, bars.scrapped, bars.unaccounted)
    assert [figure.amount for figure in figures] == [400, 400, 100, 50, 50]
    assert bars.found == 950


def test_packaging_is_counted_down_to_the_boxes_it_is_on() -> None:
    records = Records()
    records.add_batch("bars", MaterialKind.FINISHED)
    records.add_batch("scrap", MaterialKind.OTHER)
    records.add_batch("boxes", MaterialKind.FINISHED, unit=BaseUnit.PIECE, mass_g=100)
    records.add_batch("foil", MaterialKind.PACKAGING, unit=BaseUnit.PIECE, mass_g=None)
    records.receive("bars", 1000)
    records.receive("foil", 50)
    records.add_process("pack", {"bars": 1000, "foil": 40}, {"boxes": 8, "scrap:scrap": 200}, hours=(1, 2))
    records.ship("sent", "boxes", 2, at=3)

    balance = balance_mass(records.graph(), "foil")

    found = {finding.batch_id: finding.found for finding in balance.findings}
    assert found == {"foil": 10, "boxes": 40}
    assert balance.found_share == 1
    (boxes,) = [finding for finding in balance.findings if finding.batch_id == "boxes"]
    assert (boxes.sold.amount, boxes.on_hand.amount) == (10, 30)
    assert balance.is_exact


def wrapping(outputs: dict[str, int]) -> Records:
    """40 pieces of foil on 1 kg of bars, packed into what is named."""
    records = Records()
    records.add_batch("bars", MaterialKind.FINISHED)
    records.add_batch("foil", MaterialKind.PACKAGING, unit=BaseUnit.PIECE, mass_g=None)
    records.receive("bars", 1000)
    records.receive("foil", 40)
    for name in outputs:
        records.add_batch(name, MaterialKind.FINISHED, unit=BaseUnit.PIECE, mass_g=None)
    records.add_process("pack", {"bars": 1000, "foil": 40}, outputs, hours=(1, 2))
    return records


def test_packaging_on_one_output_needs_no_weight() -> None:
    balance = balance_mass(wrapping({"boxes": 8}).graph(), "foil")

    assert balance.found == 40
    assert balance.is_exact


def test_packaging_on_several_outputs_without_weight_is_shared_by_number_and_not_exact() -> None:
    balance = balance_mass(wrapping({"small": 8, "large": 2}).graph(), "foil")

    found = {finding.batch_id: finding.found for finding in balance.findings if finding.found}
    assert found == {"small": 32, "large": 8}
    assert not balance.is_exact


def test_packaging_that_was_used_for_nothing_that_is_recorded_is_lost() -> None:
    balance = balance_mass(wrapping({}).graph(), "foil")

    assert (balance.found, balance.lost.amount) == (0, 40)


def test_a_root_that_cannot_be_weighed_is_not_found_downstream_and_says_so() -> None:
    records = Records()
    records.add_batch("milk", MaterialKind.MILK, unit=BaseUnit.MILLILITRE, mass_g=None)
    records.add_batch("mass")
    records.receive("milk", 100)
    records.add_process("boil", {"milk": 90}, {"mass": 50}, hours=(1, 2))

    balance = balance_mass(records.graph(), "milk")

    assert (balance.found, balance.used.amount, balance.is_exact) == (10, 90, False)


def test_a_root_kept_in_pieces_is_told_in_pieces_downstream() -> None:
    records = Records()
    records.add_batch("bars", MaterialKind.FINISHED, unit=BaseUnit.PIECE, mass_g=50)
    records.add_batch("mass")
    records.receive("bars", 10)
    records.add_process("melt", {"bars": 10}, {"mass": 450}, hours=(1, 2))

    balance = balance_mass(records.graph(), "bars")

    assert (balance.found, balance.lost.amount) == (9, 1)


def test_a_balance_with_something_that_cannot_be_weighed_says_so() -> None:
    records = Records()
    records.add_batch("bean")
    records.add_batch("jar", unit=BaseUnit.PIECE, mass_g=None)
    records.receive("bean", 100)
    records.add_process("fill", {"bean": 100}, {"jar": 3}, hours=(1, 2))

    balance = balance_mass(records.graph(), "bean")

    assert not balance.is_exact
    assert balance.found == 0


def test_goods_returned_into_another_batch_are_found_there_once() -> None:
    records = Records()
    records.add_batch("bars", MaterialKind.FINISHED)
    records.add_batch("bin", MaterialKind.REWORK)
    records.receive("bars", 100)
    records.ship("sent", "bars", 60, at=3)
    records.take_back("back", "sent", 10, into="bin", at=5, disposition=Disposition.REWORK)

    balance = balance_mass(records.graph(), "bars")

    assert account(balance) == {"received": 100, "on_hand": 40, "sold": 50, "returned": 10}
    assert {finding.batch_id: finding.found for finding in balance.findings} == {
        "bars": 90,
        "bin": 10,
    }


@given(records=tangles())
def test_the_account_always_adds_up(records: Records) -> None:
    balance = balance_mass(records.graph(), "b0")

    parts = account(balance)
    received = parts.pop("received", Fraction(0))
    assert sum(parts.values()) == received
    assert balance.found == sum(finding.found for finding in balance.findings)
