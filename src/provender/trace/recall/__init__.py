"""Recall: from a suspicion to every affected batch, order and customer."""
