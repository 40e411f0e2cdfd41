-- Adds materials; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.material (organisation_id, id, code, name, kind, base_unit, created_at)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.code,
    told.name,
    told.kind,
    told.base_unit,
    told.created_at
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        code text,
        name text,
        kind text,
        base_unit text,
        created_at timestamptz
    )
