-- What left the house, to whom, and what came back.
CREATE TABLE trace.shipment (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    number text NOT NULL,
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    carrier text,
    tracking_number text,
    packed_at timestamptz NOT NULL DEFAULT now(),
    shipped_at timestamptz,
    delivered_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT shipment_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT shipment_order_key UNIQUE (organisation_id, id, order_id, customer_id),
    CONSTRAINT shipment_number_unique UNIQUE (organisation_id, number),
    CONSTRAINT shipment_order_fkey FOREIGN KEY (organisation_id, order_id, customer_id)
    REFERENCES trace.sales_order (organisation_id, id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT shipment_delivered_after_shipped CHECK (delivered_at >= shipped_at),
    CONSTRAINT shipment_delivered_was_shipped CHECK (delivered_at IS NULL OR shipped_at IS NOT NULL)
);
COMMENT ON TABLE trace.shipment IS 'Goods of one order packed together. Until shipped_at is set they are still in the building.';
COMMENT ON CONSTRAINT shipment_order_fkey ON trace.shipment IS 'RESTRICT: what left for whom is the edge every recall walks.';
CREATE INDEX shipment_order_idx ON trace.shipment (organisation_id, order_id);
CREATE INDEX shipment_list_idx ON trace.shipment (organisation_id, packed_at DESC, id DESC);

CREATE TABLE trace.shipment_line (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    shipment_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    product_id uuid NOT NULL,
    batch_id uuid,
    batch_unknown_reason text,
    quantity numeric NOT NULL,
    CONSTRAINT shipment_line_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT shipment_line_customer_key UNIQUE (organisation_id, id, customer_id),
    CONSTRAINT shipment_line_shipment_fkey FOREIGN KEY (organisation_id, shipment_id, order_id, customer_id)
    REFERENCES trace.shipment (organisation_id, id, order_id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT shipment_line_order_line_fkey FOREIGN KEY (organisation_id, order_line_id, order_id, customer_id, product_id)
    REFERENCES trace.order_line (organisation_id, id, order_id, customer_id, product_id) ON DELETE RESTRICT,
    CONSTRAINT shipment_line_batch_fkey FOREIGN KEY (organisation_id, batch_id, product_id)
    REFERENCES trace.batch (organisation_id, id, product_id) ON DELETE RESTRICT,
    CONSTRAINT shipment_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT shipment_line_unknown_batch_says_why CHECK ((batch_id IS NULL) = (batch_unknown_reason IS NOT NULL)),
    CONSTRAINT shipment_line_reason_written CHECK (batch_unknown_reason ~ '\S')
);
COMMENT ON TABLE trace.shipment_line IS 'Pieces of one batch that left for one order line. The batch may be unknown, and then says why: it widens every recall of that product.';
COMMENT ON COLUMN trace.shipment_line.quantity IS 'Pieces.';
COMMENT ON CONSTRAINT shipment_line_shipment_fkey ON trace.shipment_line IS 'RESTRICT: the edge every recall walks; the wider key proves order and customer.';
COMMENT ON CONSTRAINT shipment_line_order_line_fkey ON trace.shipment_line IS 'RESTRICT: shipped goods keep their order; the wider key refuses a line of another order or product.';
COMMENT ON CONSTRAINT shipment_line_batch_fkey ON trace.shipment_line IS 'RESTRICT: the edge every recall walks; the wider key refuses a batch of another product.';
CREATE INDEX shipment_line_batch_idx ON trace.shipment_line (organisation_id, batch_id, order_id)
INCLUDE (customer_id, quantity, shipment_id);
CREATE INDEX shipment_line_order_idx ON trace.shipment_line (organisation_id, order_id) INCLUDE (order_line_id, batch_id);
CREATE INDEX shipment_line_order_line_idx ON trace.shipment_line (organisation_id, order_line_id) INCLUDE (batch_id, quantity);
CREATE INDEX shipment_line_shipment_idx ON trace.shipment_line (organisation_id, shipment_id);
CREATE INDEX shipment_line_unknown_idx ON trace.shipment_line (organisation_id, product_id) WHERE batch_id IS NULL;
ALTER TABLE trace.shipment_line SET (autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE trace.process_input SET (autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE trace.process_output SET (autovacuum_vacuum_insert_scale_factor = 0.02);

CREATE TABLE trace.return_receipt (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    number text NOT NULL,
    customer_id uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    note text,
    recorded_by_name text NOT NULL,
    CONSTRAINT return_receipt_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT return_receipt_customer_key UNIQUE (organisation_id, id, customer_id),
    CONSTRAINT return_receipt_number_unique UNIQUE (organisation_id, number),
    CONSTRAINT return_receipt_customer_fkey FOREIGN KEY (organisation_id, customer_id)
    REFERENCES trace.customer (organisation_id, id) ON DELETE RESTRICT
);
COMMENT ON TABLE trace.return_receipt IS 'Goods a customer sent back, as received.';
COMMENT ON CONSTRAINT return_receipt_customer_fkey ON trace.return_receipt IS 'RESTRICT: who returned what is evidence.';
CREATE INDEX return_receipt_customer_idx ON trace.return_receipt (organisation_id, customer_id);
CREATE INDEX return_receipt_list_idx ON trace.return_receipt (organisation_id, received_at DESC, id DESC);

CREATE TABLE trace.return_line (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    return_receipt_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    shipment_line_id uuid NOT NULL,
    batch_id uuid,
    quantity numeric NOT NULL,
    disposition text NOT NULL,
    rework_process_id uuid,
    CONSTRAINT return_line_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT return_line_receipt_fkey FOREIGN KEY (organisation_id, return_receipt_id, customer_id)
    REFERENCES trace.return_receipt (organisation_id, id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT return_line_shipment_line_fkey FOREIGN KEY (organisation_id, shipment_line_id, customer_id)
    REFERENCES trace.shipment_line (organisation_id, id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT return_line_batch_fkey FOREIGN KEY (organisation_id, batch_id)
    REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT return_line_process_fkey FOREIGN KEY (organisation_id, rework_process_id)
    REFERENCES trace.process (organisation_id, id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT return_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT return_line_disposition_known CHECK (disposition IN ('restock', 'rework', 'destroy')),
    CONSTRAINT return_line_rework_names_process CHECK (rework_process_id IS NULL OR disposition = 'rework'),
    CONSTRAINT return_line_unknown_batch_destroyed CHECK (batch_id IS NOT NULL OR disposition = 'destroy')
);
COMMENT ON TABLE trace.return_line IS 'Pieces of one shipment line that came back; the sale stays on record.';
COMMENT ON COLUMN trace.return_line.quantity IS 'Pieces.';
COMMENT ON COLUMN trace.return_line.batch_id IS 'Batch of the shipment line, filled by trigger; NULL when that is unknown, and then the goods may only be destroyed.';
COMMENT ON CONSTRAINT return_line_receipt_fkey ON trace.return_line IS 'RESTRICT: evidence; the wider key proves the customer.';
COMMENT ON CONSTRAINT return_line_shipment_line_fkey ON trace.return_line IS 'RESTRICT: keeps the original sale; the wider key refuses goods of another customer.';
COMMENT ON CONSTRAINT return_line_batch_fkey ON trace.return_line IS 'RESTRICT: stock came back into this batch.';
COMMENT ON CONSTRAINT return_line_process_fkey ON trace.return_line IS 'RESTRICT: the rework that took the returned pieces in. Deferred: the pieces come back with this line, and only then can the process draw them.';
CREATE INDEX return_line_receipt_idx ON trace.return_line (organisation_id, return_receipt_id);
CREATE INDEX return_line_shipment_line_idx ON trace.return_line (organisation_id, shipment_line_id);
CREATE INDEX return_line_batch_idx ON trace.return_line (organisation_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX return_line_process_idx ON trace.return_line (organisation_id, rework_process_id) WHERE rework_process_id IS NOT NULL;
