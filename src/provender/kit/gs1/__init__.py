"""GS1 identification: GTIN and SSCC, Digital Link addresses, and what scanners send.

Enter through `keys` (check digits), `links` (build and parse Digital Links), `scans` (anything
that was scanned or typed) and `errors`. Which batch or product is meant is not known here.
"""
