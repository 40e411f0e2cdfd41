"""What other rooms may use of batches."""

from provender.trace.batches.actions import lock_stock, make_batch, propose_code
from provender.trace.batches.model.codes import batch_code_key
from provender.trace.batches.payloads import typed_items
from provender.trace.batches.reads import choose_match, identify_batch, read_batch
from provender.trace.batches.rules import frozen_unit_mass_g, propose_best_before, read_scanned_code
from provender.trace.batches.store import lock_batches, match_batches, select_makings, select_plot_farms, select_stock

__all__ = [
    "batch_code_key",
    "choose_match",
    "frozen_unit_mass_g",
    "identify_batch",
    "lock_batches",
    "lock_stock",
    "make_batch",
    "match_batches",
    "propose_best_before",
    "propose_code",
    "read_batch",
    "read_scanned_code",
    "select_makings",
    "select_plot_farms",
    "select_stock",
    "typed_items",
]
