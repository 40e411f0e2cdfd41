"""What a recall finds: classified items, exposure shares, mass balances, ranked suspects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from provender.kit.quantities.units import BaseUnit


class ItemKind(StrEnum):
    """What an item of a recall is a row of. Stock is what a batch has on hand."""

    BATCH = "batch"
    PROCESS = "process"
    STOCK = "stock"
    ALLOCATION = "allocation"
    SHIPMENT_LINE = "shipment_line"
    RETURN_LINE = "return_line"


class ItemClass(StrEnum):
    """What an item means for the recall. `CLEAR` is given by a person only, never computed."""

    DIRECT = "direct"
    POSSIBLE = "possible"
    TIME_EXCLUDED = "time_excluded"
    CONTAINED = "contained"
    RECOVERED = "recovered"
    DESTROYED = "destroyed"
    CLEAR = "clear"


class Reason(StrEnum):
    """Why an item is on the list, or where it is."""

    ROOT = "root"
    DESCENT = "descent"
    CODE_NORMALISED = "code_matched_when_normalised"
    SAME_EQUIPMENT = "same_equipment"
    SHARED_REWORK_BIN = "shared_rework_bin"
    BATCH_UNKNOWN = "batch_unknown"
    DRAWN_BEFORE = "drawn_before_root_entered"
    ON_HAND = "on_hand"
    PLANNED = "planned"
    PICKED = "picked"
    NOT_DEPARTED = "not_departed"
    SCRAPPED = "scrapped"
    RETURNED = "returned"
    RETURNED_BATCH_UNKNOWN = "returned_batch_unknown"
    RETURN_DESTROYED = "return_destroyed"


@dataclass(frozen=True, slots=True)
class Item:
    """One affected row.

    Attributes:
        certainty: How it is connected with the roots: direct, possible or time_excluded.
        item_class: `certainty`, unless the goods are contained, recovered or destroyed.
        reasons: Sorted; at least one.
        depth: Process steps from the nearest root, or, for what is possible, from the nearest
            place of doubt; 0 there, and for what is time_excluded.
        quantity: Base units of the batch. Of stock: all that is in the house, promised or not;
            of a shipment line: as shipped. None for processes and batches.
        returned: Of a shipment line, the part that came back.
        via_batch_id: The batch through which a process was reached.
        via_process_id: The process through which a batch was reached; a return line's id when
            returned goods were put into it.
    """

    kind: ItemKind
    id: str
    item_class: ItemClass
    certainty: ItemClass
    reasons: tuple[Reason, ...]
    depth: int
    batch_id: str | None = None
    quantity: Decimal | None = None
    returned: Decimal | None = None
    customer_id: str | None = None
    order_id: str | None = None
    via_batch_id: str | None = None
    via_process_id: str | None = None


@dataclass(frozen=True, slots=True)
class ProcessLoss:
    """What went into a process and did not come out; negative when it gained.

    Attributes:
        mass_g: All of it.
        exposed: The part that came from the roots, in the unit of `Exposure`.
    """

    process_id: str
    mass_g: Fraction
    exposed: Fraction


@dataclass(frozen=True, slots=True)
class Exposure:
    """How much of what was made came from the roots, everything taken as well mixed.

    Only what is exposed is named: a batch, process or line that is missing has share 0. For
    food roots a share is mass per mass, from 0 to 1. With `pieces` rules (packaging roots in a
    mass balance) it is pieces of the root per base unit.

    Attributes:
        share_by_batch: Over everything that was ever put into the batch.
        stock_share_by_batch: Of what is in it now.
        share_by_process: Of what the process made.
        share_by_shipment_line: Of what the line took, at its time. Lines of unknown batch have
            none.
        share_by_input: Of what each (process id, line number) drew.
        losses: One per process that lost or gained exposed mass.
        unknown_mass_batch_ids: Could not be weighed; what was made with them has the largest
            share among its inputs, never less than the truth.
        over_drawn_batch_ids: More was taken out than was in, in time order.
        out_of_order_process_ids: Drew from a batch before anything had been put into it; taken
            as made first.
        is_rounded: Some share was cut to 60 digits, because its exact form had grown too long.
    """

    share_by_batch: Mapping[str, Fraction]
    stock_share_by_batch: Mapping[str, Fraction]
    share_by_process: Mapping[str, Fraction]
    share_by_shipment_line: Mapping[str, Fraction]
    share_by_input: Mapping[tuple[str, int], Fraction]
    losses: tuple[ProcessLoss, ...]
    unknown_mass_batch_ids: tuple[str, ...]
    over_drawn_batch_ids: tuple[str, ...]
    out_of_order_process_ids: tuple[str, ...]
    is_rounded: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a figure; rows of inputs and outputs are `process id/line number`."""

    table: str
    id: str


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount and the rows it adds up, sorted; rounded when cut to 60 digits."""

    amount: Fraction
    rows: tuple[Row, ...] = ()
    is_rounded: bool = False


@dataclass(frozen=True, slots=True)
class BatchFinding:
    """Where the root's material is in one batch, in the root's base unit.

    Attributes:
        found: on_hand + sold + returned + scrapped.
        sold: With customers now: shipped and not returned.
        returned: Came back and was not put into any batch.
        unaccounted: Corrected away by counts and adjustments.
    """

    batch_id: str
    share: Fraction
    found: Fraction
    on_hand: Figure
    sold: Figure
    returned: Figure
    scrapped: Figure
    unaccounted: Figure


@dataclass(frozen=True, slots=True)
class MassBalance:
    """Where one root went: its own account, and its material downstream.

    received = used + on_hand + sold + returned + scrapped + unaccounted, always; unaccounted is
    the remainder, and negative when more was found than received.

    Attributes:
        base_unit: Unit of every amount.
        explained: (used + on_hand + sold + returned + scrapped) / received; None when nothing
            was received. Over 1 is a fault in the records and stays as it is.
        findings: Per batch downstream and the root itself, sorted by batch id.
        found: Sum of the findings.
        lost: Exposed part of process losses, with the outputs and inputs of those processes.
        found_share: found / received; None when nothing was received.
        found_and_lost_share: (found + lost) / received.
        is_exact: False when something could not be weighed or was rounded.
        is_over: More was explained, or found and lost, than received.
    """

    root_batch_id: str
    base_unit: BaseUnit
    received: Figure
    used: Figure
    on_hand: Figure
    sold: Figure
    returned: Figure
    scrapped: Figure
    unaccounted: Figure
    explained: Fraction | None
    findings: tuple[BatchFinding, ...]
    found: Fraction
    lost: Figure
    found_share: Fraction | None
    found_and_lost_share: Fraction | None
    is_exact: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Suspect:
    """One possible common cause of complaints.

    Attributes:
        explains: Ids of the complaints it reaches, sorted.
        explains_all: Every complaint.
        other_batch_count: Finished batches it reaches that nobody complained about.
        other_customer_count: Customers who received any of those.
        smallest_share: The smallest share of it among the batches it explains; 0 when they
            were drawn before it entered.
    """

    batch_id: str
    explains: tuple[str, ...]
    explains_all: bool
    other_batch_count: int
    other_customer_count: int
    smallest_share: Fraction
