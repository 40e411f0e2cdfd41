-- Replaces a material if it still has the version that the caller has seen. Zero rows: not there, or changed meanwhile.
-- Parameters: organisation_id, material_id, version, code, name, kind, base_unit (g, ml or piece).
UPDATE trace.material AS material
SET
    code = %(code)s::text,
    name = %(name)s::text,
    kind = %(kind)s::text,
    base_unit = %(base_unit)s::text
WHERE
    material.organisation_id = %(organisation_id)s::uuid
    AND material.id = %(material_id)s::uuid
    AND material.version = %(version)s::integer
