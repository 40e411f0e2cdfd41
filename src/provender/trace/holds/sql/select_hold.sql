-- One hold as JSON; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, hold_id.
-- JOIN to batch and material is required and drops nothing; the LEFT OUTER JOIN to the recall case keeps holds that a
-- person placed.
SELECT
    json_build_object(
        'id', page.id,
        'batch', json_build_object(
            'id', batch.id,
            'code', batch.code,
            'material_name', material.name,
            'base_unit', material.base_unit,
            'on_hand', trim_scale(trace.batch_on_hand(batch.organisation_id, batch.id))
        ),
        'reason', page.reason,
        'state', page.state,
        'placed_at', page.placed_at,
        'placed_by_name', page.placed_by_name,
        'released_at', page.released_at,
        'released_by_name', page.released_by_name,
        'release_reason', page.release_reason,
        'recall_case', CASE WHEN recall.id IS NOT NULL THEN json_build_object('id', recall.id, 'number', recall.number) END
    ) AS item
FROM trace.hold AS page
INNER JOIN trace.batch AS batch
    ON batch.organisation_id = %(organisation_id)s::uuid AND page.batch_id = batch.id
INNER JOIN trace.material AS material
    ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
LEFT OUTER JOIN trace.recall_case AS recall
    ON recall.organisation_id = %(organisation_id)s::uuid AND page.recall_case_id = recall.id
WHERE page.organisation_id = %(organisation_id)s::uuid AND page.id = %(hold_id)s::uuid
