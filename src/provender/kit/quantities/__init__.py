"""Quantities: units of mass, volume and count, read as people write them, exact in Decimal.

Enter through `errors`, `units`, `entry` (text in) and `display` (text out). What a quantity is
of (beans, bars, orders) is not known here.
"""
