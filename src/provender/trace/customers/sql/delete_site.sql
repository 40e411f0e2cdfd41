-- Deletes a site that no order names; one that does refuses it (RESTRICT). Zero rows: not there.
-- Parameters: organisation_id, site_id.
DELETE FROM trace.customer_site AS site
WHERE site.organisation_id = %(organisation_id)s::uuid AND site.id = %(site_id)s::uuid
