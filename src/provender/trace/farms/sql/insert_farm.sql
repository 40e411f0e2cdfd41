-- Adds a farm; one row, its id. A taken name violates farm_name_unique.
-- Parameters: organisation_id, name, producer_name, country (ISO 3166-1 alpha-2), region, note.
INSERT INTO trace.farm (organisation_id, name, producer_name, country, region, note)
VALUES (
    %(organisation_id)s::uuid,
    %(name)s::text,
    %(producer_name)s::text,
    %(country)s::text,
    %(region)s::text,
    %(note)s::text
)
RETURNING id
