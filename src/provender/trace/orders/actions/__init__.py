"""Verbs that change orders, their lines, and what is set aside for them."""
