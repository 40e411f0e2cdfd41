-- The mass balances of a case, one per root, as frozen; one row: items (JSON array) and next_key (always NULL);
-- no row when there is no such case.
-- Parameters: organisation_id, recall_case_id.
-- Order: batch code, then batch id. INNER JOINs drop nothing: a root has its batch, a batch its material.
SELECT
    (
        SELECT coalesce(json_agg(balance ORDER BY balance.code ASC, balance.batch_id ASC), '[]')
        FROM (
            SELECT
                root.batch_id,
                batch.code,
                material.name AS material,
                root.code_match,
                root.base_unit AS unit,
                trim_scale(root.received) AS received,
                trim_scale(root.used) AS used,
                trim_scale(root.on_hand) AS on_hand,
                trim_scale(root.sold) AS sold,
                trim_scale(root.returned) AS returned,
                trim_scale(root.scrapped) AS scrapped,
                trim_scale(root.unaccounted) AS unaccounted,
                trim_scale(root.explained) AS explained,
                trim_scale(root.found) AS found,
                trim_scale(root.lost) AS lost,
                root.is_exact,
                root.is_over,
                root.evidence,
                root.findings
            FROM trace.recall_root AS root
            INNER JOIN trace.batch AS batch
                ON batch.organisation_id = %(organisation_id)s::uuid AND root.batch_id = batch.id
            INNER JOIN trace.material AS material
                ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
            WHERE root.organisation_id = %(organisation_id)s::uuid AND root.recall_case_id = %(recall_case_id)s::uuid
        ) AS balance
    ) AS items,
    NULL::json AS next_key
FROM trace.recall_case AS recall_case
WHERE recall_case.organisation_id = %(organisation_id)s::uuid AND recall_case.id = %(recall_case_id)s::uuid
