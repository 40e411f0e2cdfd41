-- The state of the movements: the newest audit entry about one; a row is that id as text, or none.
-- Parameters: organisation_id.
-- Order: one row. Audit ids are ordered by time, so the newest movement is found from the end of the index.
SELECT entry.id::text AS watermark
FROM core.audit_entry AS entry
WHERE
    entry.organisation_id = %(organisation_id)s::uuid
    AND entry.table_name IN (
        'trace.process', 'trace.shipment', 'trace.shipment_line', 'trace.return_line', 'trace.allocation', 'trace.batch'
    )
ORDER BY entry.id DESC
LIMIT 1
