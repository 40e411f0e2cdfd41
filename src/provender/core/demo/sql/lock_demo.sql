-- Waits until no other program opens the demo; held to the end of the transaction. One row, nothing in it.
-- Parameters: lock (any number that nothing else uses).
SELECT pg_catalog.pg_advisory_xact_lock(%(lock)s::bigint)
