"""Processes: what happened to batches, from receiving to packing."""
