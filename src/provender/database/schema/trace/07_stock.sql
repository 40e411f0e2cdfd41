-- Stock: computed from movements, never kept beside them; and the guard that every movement passes.
CREATE FUNCTION trace.batch_on_hand(wanted_organisation_id uuid, wanted_batch_id uuid) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
    SELECT
        (SELECT coalesce(sum(line.quantity), 0) FROM trace.process_output AS line
         WHERE line.organisation_id = wanted_organisation_id AND line.batch_id = wanted_batch_id
             AND NOT line.is_void AND line.role NOT IN ('scrap', 'sample'))
        - (SELECT coalesce(sum(line.quantity), 0) FROM trace.process_input AS line
           WHERE line.organisation_id = wanted_organisation_id AND line.batch_id = wanted_batch_id AND NOT line.is_void)
        - (SELECT coalesce(sum(line.quantity), 0) FROM trace.shipment_line AS line
           WHERE line.organisation_id = wanted_organisation_id AND line.batch_id = wanted_batch_id)
        + (SELECT coalesce(sum(line.quantity), 0) FROM trace.return_line AS line
           WHERE line.organisation_id = wanted_organisation_id AND line.batch_id = wanted_batch_id
               AND line.disposition IN ('restock', 'rework'))
$$;
COMMENT ON FUNCTION trace.batch_on_hand(uuid, uuid) IS 'What is in the building and not packed for a customer, in the base unit of the batch''s material.';

CREATE FUNCTION trace.batch_allocated(wanted_organisation_id uuid, wanted_batch_id uuid) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
    SELECT coalesce(sum(line.quantity), 0) FROM trace.allocation AS line
    WHERE line.organisation_id = wanted_organisation_id AND line.batch_id = wanted_batch_id AND line.state <> 'released'
$$;
COMMENT ON FUNCTION trace.batch_allocated(uuid, uuid) IS 'Pieces on hand that are set aside for orders.';

CREATE FUNCTION trace.lock_batch() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    PERFORM FROM trace.batch AS batch
    WHERE batch.organisation_id = NEW.organisation_id AND batch.id = NEW.batch_id FOR NO KEY UPDATE;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION trace.lock_batch() IS 'Whoever holds a batch or draws from it waits here for the other, so that neither overlooks the other.';

CREATE FUNCTION trace.guard_draw() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    batch_code text;
    base_unit text;
    is_write_off boolean := false;
    on_hand numeric;
    allocated numeric;
BEGIN
    IF NEW.batch_id IS NULL THEN
        RETURN NULL;
    END IF;
    -- First statement: wait. What follows reads with a snapshot taken after the wait.
    SELECT batch.code, material.base_unit INTO batch_code, base_unit
    FROM trace.batch AS batch
    INNER JOIN trace.material AS material ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
    WHERE batch.organisation_id = NEW.organisation_id AND batch.id = NEW.batch_id
    FOR NO KEY UPDATE OF batch;
    IF TG_TABLE_NAME = 'process_input' THEN
        is_write_off := (
            SELECT process.kind IN ('scrap', 'adjust', 'count') FROM trace.process AS process
            WHERE process.organisation_id = NEW.organisation_id AND process.id = NEW.process_id
        );
    END IF;
    IF NOT is_write_off AND EXISTS (
        SELECT FROM trace.hold AS hold
        WHERE hold.organisation_id = NEW.organisation_id AND hold.batch_id = NEW.batch_id AND hold.state = 'active'
    ) THEN
        RAISE EXCEPTION 'Batch % is on hold', batch_code USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_is_held';
    END IF;
    on_hand := trace.batch_on_hand(NEW.organisation_id, NEW.batch_id);
    IF on_hand < 0 THEN
        RAISE EXCEPTION 'Batch % has % % on hand; % % cannot be taken',
            batch_code, trim_scale(on_hand + CASE WHEN TG_TABLE_NAME = 'allocation' THEN 0 ELSE NEW.quantity END), base_unit, trim_scale(NEW.quantity), base_unit
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_on_hand_not_negative';
    END IF;
    allocated := trace.batch_allocated(NEW.organisation_id, NEW.batch_id);
    IF NOT is_write_off AND allocated > on_hand THEN
        RAISE EXCEPTION 'Batch % has only % % that are not set aside for orders',
            batch_code, trim_scale(on_hand - allocated + NEW.quantity), base_unit
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_not_overallocated';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION trace.guard_draw() IS 'Refuses what a held batch must not do, and more than there is. Locks the batch first, checks in later statements: one statement alone would over-allocate.';

CREATE FUNCTION trace.guard_void_output() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    batch_code text;
    on_hand numeric;
BEGIN
    SELECT batch.code INTO batch_code FROM trace.batch AS batch
    WHERE batch.organisation_id = NEW.organisation_id AND batch.id = NEW.batch_id FOR NO KEY UPDATE;
    on_hand := trace.batch_on_hand(NEW.organisation_id, NEW.batch_id);
    IF on_hand < 0 THEN
        RAISE EXCEPTION 'Batch % was already used or shipped; reverse that first', batch_code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_output_already_used';
    END IF;
    IF NEW.role NOT IN ('scrap', 'sample') AND on_hand < trace.batch_allocated(NEW.organisation_id, NEW.batch_id) THEN
        RAISE EXCEPTION 'Batch % is set aside for orders; give that back first', batch_code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_output_already_used';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION trace.guard_void_output() IS 'A process whose output is used, or set aside for orders, cannot become void.';

CREATE TRIGGER hold_locks_batch BEFORE INSERT ON trace.hold FOR EACH ROW EXECUTE FUNCTION trace.lock_batch();
CREATE TRIGGER process_input_guarded AFTER INSERT ON trace.process_input FOR EACH ROW EXECUTE FUNCTION trace.guard_draw();
CREATE TRIGGER allocation_guarded AFTER INSERT ON trace.allocation FOR EACH ROW EXECUTE FUNCTION trace.guard_draw();
CREATE TRIGGER shipment_line_guarded AFTER INSERT ON trace.shipment_line FOR EACH ROW EXECUTE FUNCTION trace.guard_draw();
CREATE TRIGGER process_output_voided AFTER UPDATE OF is_void ON trace.process_output
FOR EACH ROW WHEN (new.is_void) EXECUTE FUNCTION trace.guard_void_output();

CREATE FUNCTION trace.guard_return() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    shipped numeric;
    departed_at timestamptz;
    returned numeric;
BEGIN
    SELECT line.quantity, shipment.shipped_at, line.batch_id INTO shipped, departed_at, NEW.batch_id
    FROM trace.shipment_line AS line
    INNER JOIN trace.shipment AS shipment ON line.organisation_id = shipment.organisation_id AND line.shipment_id = shipment.id
    WHERE line.organisation_id = NEW.organisation_id AND line.id = NEW.shipment_line_id
    FOR NO KEY UPDATE OF line;
    SELECT coalesce(sum(earlier.quantity), 0) INTO returned FROM trace.return_line AS earlier
    WHERE earlier.organisation_id = NEW.organisation_id AND earlier.shipment_line_id = NEW.shipment_line_id;
    IF departed_at IS NULL OR returned + NEW.quantity > shipped THEN
        RAISE EXCEPTION 'Of this line % pieces can still come back, not %',
            CASE WHEN departed_at IS NULL THEN 0 ELSE trim_scale(shipped - returned) END, trim_scale(NEW.quantity)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'return_line_not_more_than_shipped';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION trace.guard_return() IS 'Fills the batch from the sale, and refuses more than was shipped and not yet returned.';
CREATE TRIGGER return_line_guarded BEFORE INSERT ON trace.return_line FOR EACH ROW EXECUTE FUNCTION trace.guard_return();
