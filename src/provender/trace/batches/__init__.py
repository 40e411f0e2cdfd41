"""Batches: identified quantities of one material, the nodes of every trace."""
