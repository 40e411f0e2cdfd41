"""Verbs that pack goods, send them off, and take them back."""
