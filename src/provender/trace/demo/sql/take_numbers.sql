-- Takes the next numbers of a series, so that what is recorded later goes on after the demo; one row, the last number.
-- Parameters: organisation_id; series (such as SO); wanted (how many).
SELECT max(core.next_number(%(organisation_id)s::uuid, %(series)s::text)) AS last_number
FROM generate_series(1, %(wanted)s::integer) AS number
