-- Adds a return of a customer without its lines; one row, its id.
-- Parameters: organisation_id, number, customer_id, received_at (NULL: now), note, recorded_by_name.
INSERT INTO trace.return_receipt (organisation_id, number, customer_id, received_at, note, recorded_by_name)
VALUES (
    %(organisation_id)s::uuid,
    %(number)s::text,
    %(customer_id)s::uuid,
    coalesce(%(received_at)s::timestamptz, now()),
    %(note)s::text,
    %(recorded_by_name)s::text
)
RETURNING id
