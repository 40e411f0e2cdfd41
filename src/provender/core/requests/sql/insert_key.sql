-- Takes an Idempotency-Key for one request. One row: it is ours, and the answer follows in this transaction.
-- Zero rows: it was taken before. While another transaction holds the same key this waits for its end.
-- Parameters: organisation_id, key (as sent), route (method and address), body_hash (SHA-256).
-- A few keys older than 7 days are forgotten on the way; those that somebody else is just forgetting are left.
WITH forgotten AS (
    DELETE FROM core.idempotent_request AS request
    WHERE
        request.organisation_id = %(organisation_id)s::uuid
        AND request.idempotency_key IN (
            SELECT old.idempotency_key
            FROM core.idempotent_request AS old
            WHERE
                old.organisation_id = %(organisation_id)s::uuid
                AND old.created_at < now() - interval '7 days'
                AND old.idempotency_key <> %(key)s::text
            ORDER BY old.created_at ASC
            LIMIT 10
            FOR UPDATE SKIP LOCKED
        )
)

INSERT INTO core.idempotent_request (organisation_id, idempotency_key, route, body_hash)
VALUES (%(organisation_id)s::uuid, %(key)s::text, %(route)s::text, %(body_hash)s::bytea)
ON CONFLICT ON CONSTRAINT idempotent_request_pkey DO NOTHING
