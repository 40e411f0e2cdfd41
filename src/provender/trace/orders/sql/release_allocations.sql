-- Releases allocations: what they set aside is free again, or goes into a shipment in this transaction.
-- Parameters: organisation_id, allocation_ids (array).
UPDATE trace.allocation AS allocation
SET state = 'released'
WHERE
    allocation.organisation_id = %(organisation_id)s::uuid
    AND allocation.id = any(%(allocation_ids)s::uuid[])
    AND allocation.state <> 'released'
