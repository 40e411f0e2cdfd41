-- Replaces a farm if it still has the version that the caller has seen. Zero rows: not there, or changed meanwhile.
-- Parameters: organisation_id, farm_id, version, name, producer_name, country, region, note.
UPDATE trace.farm AS farm
SET
    name = %(name)s::text,
    producer_name = %(producer_name)s::text,
    country = %(country)s::text,
    region = %(region)s::text,
    note = %(note)s::text
WHERE
    farm.organisation_id = %(organisation_id)s::uuid
    AND farm.id = %(farm_id)s::uuid
    AND farm.version = %(version)s::integer
