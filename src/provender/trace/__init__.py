"""Trace: from farm to customer, and back."""
