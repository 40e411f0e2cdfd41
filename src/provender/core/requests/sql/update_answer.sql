-- Keeps the answer to a key that this transaction has taken.
-- Parameters: organisation_id, key, status (HTTP), location (address of what was created), response (JSON text).
UPDATE core.idempotent_request AS request
SET
    status = %(status)s::integer,
    location = %(location)s::text,
    response = %(response)s::text
WHERE
    request.organisation_id = %(organisation_id)s::uuid
    AND request.idempotency_key = %(key)s::text
    AND request.status IS NULL
