"""Tables as files: CSV out and in, XLSX out.

Enter through `columns` (what an export shows of a row), `writing`, `reading`, `spreadsheet` and
`errors`. Which records there are, and who may have them, is not known here.
"""
