"""Where a plot lies: reading GeoJSON, its area, what EUDR advises, and drawing it.

Pure: enter through `geometry` (in), `area`, `advice` and `drawing` (out).
"""
