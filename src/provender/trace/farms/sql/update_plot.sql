-- Replaces a plot if it still has the version that the caller has seen. Zero rows: not there, or changed meanwhile.
-- Parameters: organisation_id, plot_id, version, name, geometry (GeoJSON text or NULL), area_ha (hectares or NULL).
UPDATE trace.plot AS plot
SET
    name = %(name)s::text,
    geometry = %(geometry)s::jsonb,
    area_ha = %(area_ha)s::numeric
WHERE
    plot.organisation_id = %(organisation_id)s::uuid
    AND plot.id = %(plot_id)s::uuid
    AND plot.version = %(version)s::integer
