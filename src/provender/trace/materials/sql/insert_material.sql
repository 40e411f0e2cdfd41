-- Adds a material; one row, its id. A taken code violates material_code_unique.
-- Parameters: organisation_id, code, name, kind, base_unit (g, ml or piece).
INSERT INTO trace.material (organisation_id, code, name, kind, base_unit)
VALUES (
    %(organisation_id)s::uuid,
    %(code)s::text,
    %(name)s::text,
    %(kind)s::text,
    %(base_unit)s::text
)
RETURNING id
