"""A recall case as files for others: CSV and XLSX, EPCIS 2.0, the sheet of 21 CFR 1.1455, plots as GeoJSON.

Rows are read page by page, each page in a short unit of work, and never all held in memory. What
a case contains was decided when it was opened; nothing is computed here.
"""
