-- The answer that was given to an Idempotency-Key; no row when the key is free.
-- Parameters: organisation_id, key (as sent).
SELECT
    request.route,
    request.body_hash,
    request.status,
    request.location,
    request.response
FROM core.idempotent_request AS request
WHERE
    request.organisation_id = %(organisation_id)s::uuid
    AND request.idempotency_key = %(key)s::text
    AND request.status IS NOT NULL
