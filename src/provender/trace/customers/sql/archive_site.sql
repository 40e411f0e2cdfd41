-- Retires a site, or brings it back. Zero rows: not there.
-- Parameters: organisation_id, site_id, is_archived.
UPDATE trace.customer_site AS site
SET archived_at = CASE WHEN %(is_archived)s::boolean THEN coalesce(site.archived_at, now()) END
WHERE site.organisation_id = %(organisation_id)s::uuid AND site.id = %(site_id)s::uuid
