"""Verbs that record what happened to batches.

Every verb locks the batches it touches first, in the order of their ids, like everybody who
draws from batches; then it reads what is on hand. The guards of the database have the last word.
"""

from provender.trace.processes.actions.corrections import record_count, reverse_process
from provender.trace.processes.actions.receipts import record_receipt
from provender.trace.processes.actions.recording import record_process

__all__ = ["record_count", "record_process", "record_receipt", "reverse_process"]
