"""Provender: from farm to table and back, on one relational core."""
