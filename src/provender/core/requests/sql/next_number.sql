-- The next number of a series of one tenant; one row. Without gaps: it is given back when the transaction fails.
-- Parameters: organisation_id, series (such as SO).
SELECT core.next_number(%(organisation_id)s::uuid, %(series)s::text) AS number
