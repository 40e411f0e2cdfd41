"""Suppliers: one step back."""
