-- Moves an allocation to a state; a trigger refuses moves that are not allowed. Zero rows: not there.
-- Parameters: organisation_id, allocation_id, state.
UPDATE trace.allocation AS allocation
SET state = %(state)s::text
WHERE allocation.organisation_id = %(organisation_id)s::uuid AND allocation.id = %(allocation_id)s::uuid
