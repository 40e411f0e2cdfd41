-- Adds a plot to a farm; one row, its id; no row when there is no such farm. A taken name violates plot_name_unique.
-- Parameters: organisation_id, farm_id, name, geometry (GeoJSON text or NULL), area_ha (hectares or NULL).
INSERT INTO trace.plot (organisation_id, farm_id, name, geometry, area_ha)
SELECT
    farm.organisation_id,
    farm.id,
    %(name)s::text AS name,
    %(geometry)s::jsonb AS geometry,
    %(area_ha)s::numeric AS area_ha
FROM trace.farm AS farm
WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.id = %(farm_id)s::uuid
RETURNING id
