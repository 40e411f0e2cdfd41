"""The decisions of a recall, on paper: no clock, no database.

graph: rows as moves between batches · spread: what a suspicion reaches in time · reach: the
classified items · doubts: what is only possible · simulation, mixing, exposure: shares ·
balance, findings: mass balances · suspects: common causes · notices: texts · result: hashes.
"""
