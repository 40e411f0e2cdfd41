-- The next number of the batches of one day; who asks next waits until this transaction ends, so that none is given twice.
-- Parameters: organisation_id, day (text, such as 261120).
SELECT core.next_number(%(organisation_id)s::uuid, 'batch ' || %(day)s::text) AS number
