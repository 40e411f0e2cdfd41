-- What a row of trace may be and become: the last word on processes, orders, complaints and cases.
CREATE FUNCTION trace.guard_process() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    IF NEW.finished_at > clock_timestamp() + interval '5 minutes' THEN
        RAISE EXCEPTION 'A process cannot be finished in the future'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_not_in_future', COLUMN = 'finished_at';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION trace.guard_process() IS 'Records what happened, not what is planned; five minutes allow for clocks that disagree.';
CREATE TRIGGER process_guarded BEFORE INSERT ON trace.process FOR EACH ROW EXECUTE FUNCTION trace.guard_process();

CREATE FUNCTION trace.void_reversed_process() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    UPDATE trace.process AS original SET is_void = true
    WHERE original.organisation_id = NEW.organisation_id AND original.id = NEW.reverses_process_id AND original.kind <> 'reversal';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A reversal cannot be reversed; record the process again'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_reversal_of_reversal';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION trace.void_reversed_process() IS 'The only place that makes a process void; its lines follow through ON UPDATE CASCADE.';
CREATE TRIGGER process_reversed AFTER INSERT ON trace.process
FOR EACH ROW WHEN (new.kind = 'reversal') EXECUTE FUNCTION trace.void_reversed_process();

CREATE FUNCTION trace.guard_process_balance() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    inputs bigint;
    outputs bigint;
    loops bigint;
    input_mass_g numeric;
    output_mass_g numeric;
    is_mass_known boolean;
BEGIN
    SELECT count(*), sum(line.quantity * batch.unit_mass_g) FILTER (WHERE material.kind <> 'packaging'),
        coalesce(bool_and(batch.unit_mass_g IS NOT NULL) FILTER (WHERE material.kind <> 'packaging'), true)
    INTO inputs, input_mass_g, is_mass_known
    FROM trace.process_input AS line
    INNER JOIN trace.batch AS batch ON line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
    INNER JOIN trace.material AS material ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
    WHERE line.organisation_id = NEW.organisation_id AND line.process_id = NEW.id;
    SELECT count(*), sum(line.quantity * batch.unit_mass_g), count(*) FILTER (WHERE EXISTS (
        SELECT FROM trace.process_input AS other
        WHERE other.organisation_id = line.organisation_id AND other.process_id = line.process_id AND other.batch_id = line.batch_id
    ))
    INTO outputs, output_mass_g, loops
    FROM trace.process_output AS line
    INNER JOIN trace.batch AS batch ON line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
    WHERE line.organisation_id = NEW.organisation_id AND line.process_id = NEW.id;
    IF (NEW.kind = 'receive' AND (inputs > 0 OR outputs = 0))
        OR (NEW.kind = 'scrap' AND inputs = 0)
        OR (NEW.kind IN ('adjust', 'count') AND inputs + outputs = 0)
        OR (NEW.kind = 'reversal' AND inputs + outputs > 0)
        OR (NEW.kind NOT IN ('receive', 'scrap', 'adjust', 'count', 'reversal') AND (inputs = 0 OR outputs = 0))
    THEN
        RAISE EXCEPTION 'A % cannot have % inputs and % outputs', NEW.kind, inputs, outputs
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_shape';
    END IF;
    IF loops > 0 AND NEW.kind NOT IN ('adjust', 'rework') THEN
        RAISE EXCEPTION 'A batch cannot be input and output of the same %', NEW.kind
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_self_loop';
    END IF;
    IF NEW.gain_reason IS NULL AND is_mass_known AND NEW.kind NOT IN ('receive', 'adjust', 'count', 'reversal')
        AND coalesce(output_mass_g, 0) > coalesce(input_mass_g, 0)
    THEN
        RAISE EXCEPTION 'More came out (% g) than went in (% g)', trim_scale(output_mass_g), trim_scale(coalesce(input_mass_g, 0))
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_gain_needs_reason';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION trace.guard_process_balance() IS 'At commit, when all lines are there: the shape of the process, no batch made of itself, no undeclared gain. Packaging weighs nothing here.';
CREATE CONSTRAINT TRIGGER process_balanced AFTER INSERT ON trace.process
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trace.guard_process_balance();

CREATE TRIGGER process_frozen BEFORE UPDATE ON trace.process FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'id', 'kind', 'started_at', 'finished_at', 'equipment', 'note', 'gain_reason', 'reverses_process_id', 'recorded_at', 'recorded_by_name'
);
CREATE TRIGGER process_input_frozen BEFORE UPDATE ON trace.process_input FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'process_id', 'line_no', 'batch_id', 'quantity', 'entered_quantity', 'entered_unit', 'started_at', 'finished_at'
);
CREATE TRIGGER process_output_frozen BEFORE UPDATE ON trace.process_output FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'process_id', 'line_no', 'batch_id', 'role', 'quantity', 'entered_quantity', 'entered_unit', 'started_at', 'finished_at'
);
CREATE TRIGGER process_never_deleted BEFORE DELETE ON trace.process FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER process_input_never_deleted BEFORE DELETE ON trace.process_input FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER process_output_never_deleted BEFORE DELETE ON trace.process_output FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER shipment_line_append_only BEFORE UPDATE OR DELETE ON trace.shipment_line
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER return_line_append_only BEFORE UPDATE OR DELETE ON trace.return_line
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER return_receipt_append_only BEFORE UPDATE OR DELETE ON trace.return_receipt
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER recall_root_append_only BEFORE UPDATE OR DELETE ON trace.recall_root
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER order_status_log_append_only BEFORE UPDATE ON trace.order_status_log
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER order_status_log_deleted_with_draft BEFORE DELETE ON trace.order_status_log
FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER process_never_truncated BEFORE TRUNCATE ON trace.process FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER process_input_never_truncated BEFORE TRUNCATE ON trace.process_input FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER process_output_never_truncated BEFORE TRUNCATE ON trace.process_output FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER shipment_line_never_truncated BEFORE TRUNCATE ON trace.shipment_line FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER return_line_never_truncated BEFORE TRUNCATE ON trace.return_line FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER return_receipt_never_truncated BEFORE TRUNCATE ON trace.return_receipt FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER recall_root_never_truncated BEFORE TRUNCATE ON trace.recall_root FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER order_status_log_never_truncated BEFORE TRUNCATE ON trace.order_status_log FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER batch_frozen BEFORE UPDATE ON trace.batch FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'material_id', 'product_id', 'unit_mass_g', 'code'
);
CREATE TRIGGER recall_case_frozen BEFORE UPDATE ON trace.recall_case FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'number', 'kind', 'opened_at', 'opened_by_name', 'watermark', 'result_hash', 'duration_ms'
);
CREATE TRIGGER recall_item_frozen BEFORE UPDATE ON trace.recall_item FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'recall_case_id', 'line_no', 'kind', 'subject_id', 'certainty', 'reasons', 'depth', 'batch_id', 'order_id', 'customer_id', 'quantity',
    'returned_quantity', 'mass_g', 'share', 'share_fraction'
);

CREATE FUNCTION trace.log_order_state() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    INSERT INTO trace.order_status_log (organisation_id, order_id, customer_id, from_state, to_state, reason, changed_by_name)
    VALUES (
        NEW.organisation_id, NEW.id, NEW.customer_id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state,
        CASE WHEN TG_OP = 'UPDATE' THEN nullif(current_setting('app.move_reason', true), '') END,
        coalesce(nullif(current_setting('app.actor', true), ''), session_user)
    );
    IF NEW.state = 'cancelled' THEN
        UPDATE trace.allocation AS allocation SET state = 'released'
        WHERE allocation.organisation_id = NEW.organisation_id AND allocation.order_id = NEW.id AND allocation.state <> 'released';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION trace.log_order_state() IS 'Writes the status log, and gives back what was set aside when an order is cancelled.';
CREATE TRIGGER sales_order_logged AFTER INSERT ON trace.sales_order FOR EACH ROW EXECUTE FUNCTION trace.log_order_state();
CREATE TRIGGER sales_order_move_logged AFTER UPDATE OF state ON trace.sales_order
FOR EACH ROW WHEN (old.state IS DISTINCT FROM new.state) EXECUTE FUNCTION trace.log_order_state();
CREATE TRIGGER sales_order_moves BEFORE UPDATE OF state ON trace.sales_order FOR EACH ROW EXECUTE FUNCTION core.guard_move(
    'draft>confirmed', 'draft>cancelled', 'confirmed>in_production', 'confirmed>packed', 'confirmed>shipped', 'confirmed>cancelled',
    'in_production>packed', 'in_production>shipped', 'in_production>cancelled', 'packed>shipped', 'packed>in_production',
    'packed>cancelled', 'shipped>delivered'
);
CREATE TRIGGER allocation_moves BEFORE UPDATE OF state ON trace.allocation FOR EACH ROW EXECUTE FUNCTION core.guard_move(
    'planned>picked', 'planned>released', 'picked>planned', 'picked>released'
);
CREATE TRIGGER complaint_moves BEFORE UPDATE OF state ON trace.complaint FOR EACH ROW EXECUTE FUNCTION core.guard_move(
    'open>identified', 'open>closed', 'identified>open', 'identified>closed', 'closed>open'
);
CREATE TRIGGER recall_case_moves BEFORE UPDATE OF state ON trace.recall_case FOR EACH ROW EXECUTE FUNCTION core.guard_move('open>finished');
CREATE TRIGGER hold_moves BEFORE UPDATE OF state ON trace.hold FOR EACH ROW EXECUTE FUNCTION core.guard_move('active>released');
CREATE TRIGGER sales_order_frozen BEFORE UPDATE ON trace.sales_order FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'number', 'customer_id'
);

CREATE FUNCTION trace.guard_draft_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    IF OLD.state <> 'draft' THEN
        RAISE EXCEPTION 'Order % is no draft any more; cancel it instead', OLD.number
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'sales_order_draft_only';
    END IF;
    RETURN OLD;
END
$$;
COMMENT ON FUNCTION trace.guard_draft_only() IS 'Only a draft order can be deleted; others are cancelled.';
CREATE TRIGGER sales_order_draft_only BEFORE DELETE ON trace.sales_order FOR EACH ROW EXECUTE FUNCTION trace.guard_draft_only();

CREATE FUNCTION trace.guard_order_is_open() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    line jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    order_number text;
    order_state text;
BEGIN
    SELECT sales_order.number, sales_order.state INTO order_number, order_state
    FROM trace.sales_order AS sales_order
    WHERE sales_order.organisation_id = (line ->> 'organisation_id')::uuid AND sales_order.id = (line ->> 'order_id')::uuid
    FOR SHARE;
    IF NOT (order_state = ANY (TG_ARGV)) THEN
        RAISE EXCEPTION 'Order % is %', order_number, replace(order_state, '_', ' ')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sales_order_is_open';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION trace.guard_order_is_open() IS 'Refuses a line, an allocation or a shipment unless the order is in a state named as trigger argument.';
CREATE TRIGGER order_line_open BEFORE INSERT OR UPDATE OR DELETE ON trace.order_line
FOR EACH ROW EXECUTE FUNCTION trace.guard_order_is_open('draft', 'confirmed');
CREATE TRIGGER allocation_open BEFORE INSERT ON trace.allocation
FOR EACH ROW EXECUTE FUNCTION trace.guard_order_is_open('confirmed', 'in_production', 'packed', 'shipped');
CREATE TRIGGER shipment_open BEFORE INSERT ON trace.shipment
FOR EACH ROW EXECUTE FUNCTION trace.guard_order_is_open('confirmed', 'in_production', 'packed', 'shipped');

CREATE FUNCTION trace.guard_departure() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    batch_code text;
    order_number text;
BEGIN
    IF OLD.shipped_at IS NOT NULL THEN
        IF NEW.shipped_at IS DISTINCT FROM OLD.shipped_at THEN
            RAISE EXCEPTION 'Shipment % has left already', OLD.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_departs_once';
        END IF;
        RETURN NEW;
    END IF;
    SELECT sales_order.number INTO order_number FROM trace.sales_order AS sales_order
    WHERE sales_order.organisation_id = NEW.organisation_id AND sales_order.id = NEW.order_id AND sales_order.state = 'cancelled';
    IF FOUND THEN
        RAISE EXCEPTION 'Order % is cancelled', order_number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sales_order_is_open';
    END IF;
    -- First statement: wait, in the order of ids. What follows reads with a snapshot taken after the wait.
    PERFORM FROM trace.batch AS batch
    WHERE batch.organisation_id = NEW.organisation_id AND batch.id IN (
        SELECT line.batch_id FROM trace.shipment_line AS line
        WHERE line.organisation_id = NEW.organisation_id AND line.shipment_id = NEW.id
    )
    ORDER BY batch.id
    FOR NO KEY UPDATE;
    SELECT batch.code INTO batch_code
    FROM trace.shipment_line AS line
    INNER JOIN trace.hold AS hold
        ON line.organisation_id = hold.organisation_id AND line.batch_id = hold.batch_id AND hold.state = 'active'
    INNER JOIN trace.batch AS batch ON line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
    WHERE line.organisation_id = NEW.organisation_id AND line.shipment_id = NEW.id
    ORDER BY batch.code
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Batch % is on hold', batch_code USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_is_held';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION trace.guard_departure() IS 'What was packed before a hold must not leave after it; what has left has left.';
CREATE TRIGGER shipment_departs BEFORE UPDATE OF shipped_at ON trace.shipment
FOR EACH ROW WHEN (new.shipped_at IS NOT NULL OR old.shipped_at IS NOT NULL) EXECUTE FUNCTION trace.guard_departure();

CREATE TRIGGER batch_version BEFORE UPDATE ON trace.batch FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER hold_version BEFORE UPDATE ON trace.hold FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER customer_version BEFORE UPDATE ON trace.customer FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER customer_site_version BEFORE UPDATE ON trace.customer_site FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER sales_order_version BEFORE UPDATE ON trace.sales_order FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER allocation_version BEFORE UPDATE ON trace.allocation FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER shipment_version BEFORE UPDATE ON trace.shipment FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER complaint_version BEFORE UPDATE ON trace.complaint FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER recall_case_version BEFORE UPDATE ON trace.recall_case FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER recall_item_version BEFORE UPDATE ON trace.recall_item FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER recall_notice_version BEFORE UPDATE ON trace.recall_notice FOR EACH ROW EXECUTE FUNCTION core.raise_version();
