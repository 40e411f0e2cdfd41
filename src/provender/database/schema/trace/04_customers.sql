-- Who buys, what they ordered, what was set aside for them. Lines carry the keys of order and customer,
-- tied to their source by wider foreign keys: a trace reads one row, and the copy cannot drift.
CREATE TABLE trace.customer (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    name text NOT NULL,
    country text NOT NULL,
    language text NOT NULL DEFAULT 'en',
    email text,
    phone text,
    note text,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT customer_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT customer_name_unique UNIQUE (organisation_id, name),
    CONSTRAINT customer_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT customer_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT customer_country_code CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT customer_language_known CHECK (language IN ('en', 'de', 'ja')),
    CONSTRAINT customer_email_shape CHECK (email ~ '^[^@\s]+@[^@\s]+$')
);
COMMENT ON TABLE trace.customer IS 'A shop or a company that buys: one step forward (EU 178/2002 article 18).';
COMMENT ON COLUMN trace.customer.language IS 'In which notices are written.';
COMMENT ON CONSTRAINT customer_organisation_fkey ON trace.customer IS 'RESTRICT: a tenant with customers has records that must be kept.';

CREATE TABLE trace.customer_site (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    customer_id uuid NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    country text NOT NULL,
    time_zone text NOT NULL DEFAULT 'UTC',
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT customer_site_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT customer_site_customer_key UNIQUE (organisation_id, id, customer_id),
    CONSTRAINT customer_site_name_unique UNIQUE (organisation_id, customer_id, name),
    CONSTRAINT customer_site_customer_fkey FOREIGN KEY (organisation_id, customer_id)
    REFERENCES trace.customer (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT customer_site_name_written CHECK (name ~ '\S'),
    CONSTRAINT customer_site_country_code CHECK (country ~ '^[A-Z]{2}$')
);
COMMENT ON TABLE trace.customer_site IS 'Where a customer receives goods.';
COMMENT ON CONSTRAINT customer_site_customer_fkey ON trace.customer_site IS 'RESTRICT: a place that received goods is part of the trace.';

CREATE TABLE trace.sales_order (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    number text NOT NULL,
    customer_id uuid NOT NULL,
    customer_site_id uuid,
    customer_reference text,
    state text NOT NULL DEFAULT 'draft',
    currency text NOT NULL DEFAULT 'EUR',
    ordered_at timestamptz NOT NULL DEFAULT now(),
    expected_on date,
    delay_reason text,
    note text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT sales_order_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT sales_order_customer_key UNIQUE (organisation_id, id, customer_id),
    CONSTRAINT sales_order_number_unique UNIQUE (organisation_id, number),
    CONSTRAINT sales_order_reference_unique UNIQUE (organisation_id, customer_id, customer_reference),
    CONSTRAINT sales_order_customer_fkey FOREIGN KEY (organisation_id, customer_id)
    REFERENCES trace.customer (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT sales_order_site_fkey FOREIGN KEY (organisation_id, customer_site_id, customer_id)
    REFERENCES trace.customer_site (organisation_id, id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT sales_order_state_known CHECK (
        state IN ('draft', 'confirmed', 'in_production', 'packed', 'shipped', 'delivered', 'cancelled')
    ),
    CONSTRAINT sales_order_currency_code CHECK (currency ~ '^[A-Z]{3}$')
);
COMMENT ON TABLE trace.sales_order IS 'What one customer ordered.';
COMMENT ON COLUMN trace.sales_order.expected_on IS 'Day on which the customer expects the goods; NULL: none was agreed.';
COMMENT ON COLUMN trace.sales_order.customer_reference IS 'The customer''s own purchase order number; unique per customer, so that one customer learns nothing of another.';
COMMENT ON CONSTRAINT sales_order_customer_fkey ON trace.sales_order IS 'RESTRICT: whoever was supplied stays known; retire the customer.';
COMMENT ON CONSTRAINT sales_order_site_fkey ON trace.sales_order IS 'RESTRICT: where goods went is part of the trace; the wider key refuses another customer''s site.';
CREATE INDEX sales_order_list_idx ON trace.sales_order (organisation_id, ordered_at DESC, id DESC);
CREATE INDEX sales_order_customer_idx ON trace.sales_order (organisation_id, customer_id, ordered_at DESC, id DESC);
CREATE INDEX sales_order_site_idx ON trace.sales_order (organisation_id, customer_site_id) WHERE customer_site_id IS NOT NULL;
CREATE INDEX sales_order_state_idx ON trace.sales_order (organisation_id, state, ordered_at DESC, id DESC);

CREATE TABLE trace.order_line (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    product_id uuid NOT NULL,
    line_no integer NOT NULL,
    quantity numeric NOT NULL,
    unit_price numeric NOT NULL DEFAULT 0,
    CONSTRAINT order_line_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT order_line_keys UNIQUE (organisation_id, id, order_id, customer_id, product_id),
    CONSTRAINT order_line_number_unique UNIQUE (organisation_id, order_id, line_no),
    CONSTRAINT order_line_order_fkey FOREIGN KEY (organisation_id, order_id, customer_id)
    REFERENCES trace.sales_order (organisation_id, id, customer_id) ON DELETE CASCADE,
    CONSTRAINT order_line_product_fkey FOREIGN KEY (organisation_id, product_id)
    REFERENCES trace.product (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT order_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT order_line_quantity_whole CHECK (quantity = trunc(quantity)),
    CONSTRAINT order_line_price_not_negative CHECK (unit_price >= 0)
);
COMMENT ON TABLE trace.order_line IS 'So many pieces of one product in an order.';
COMMENT ON COLUMN trace.order_line.quantity IS 'Pieces ordered.';
COMMENT ON COLUMN trace.order_line.unit_price IS 'Per piece, in the order''s currency.';
COMMENT ON CONSTRAINT order_line_order_fkey ON trace.order_line IS 'CASCADE: a line is a pure part of its order, and only a draft can be deleted (trigger sales_order_draft_only).';
COMMENT ON CONSTRAINT order_line_product_fkey ON trace.order_line IS 'RESTRICT: what was ordered stays known; retire the product.';
CREATE INDEX order_line_product_idx ON trace.order_line (organisation_id, product_id);

CREATE TABLE trace.allocation (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    order_line_id uuid NOT NULL,
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    product_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    quantity numeric NOT NULL,
    state text NOT NULL DEFAULT 'planned',
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT allocation_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT allocation_line_fkey FOREIGN KEY (organisation_id, order_line_id, order_id, customer_id, product_id)
    REFERENCES trace.order_line (organisation_id, id, order_id, customer_id, product_id) ON DELETE RESTRICT,
    CONSTRAINT allocation_batch_fkey FOREIGN KEY (organisation_id, batch_id, product_id)
    REFERENCES trace.batch (organisation_id, id, product_id) ON DELETE RESTRICT,
    CONSTRAINT allocation_quantity_positive CHECK (quantity > 0),
    CONSTRAINT allocation_state_known CHECK (state IN ('planned', 'picked', 'released'))
);
COMMENT ON TABLE trace.allocation IS 'Pieces of a batch set aside for an order line. Released: given back, or shipped and now a shipment line.';
COMMENT ON COLUMN trace.allocation.quantity IS 'Pieces.';
COMMENT ON CONSTRAINT allocation_line_fkey ON trace.allocation IS 'RESTRICT: an order with goods set aside must give them back before its lines go; the wider key proves order, customer and product.';
COMMENT ON CONSTRAINT allocation_batch_fkey ON trace.allocation IS 'RESTRICT: a recall walks this edge; the wider key refuses a batch of another product.';
CREATE INDEX allocation_batch_idx ON trace.allocation (organisation_id, batch_id, order_id) INCLUDE (customer_id, quantity, state);
CREATE INDEX allocation_line_idx ON trace.allocation (organisation_id, order_line_id);
CREATE INDEX allocation_order_idx ON trace.allocation (organisation_id, order_id);

CREATE TABLE trace.order_status_log (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    from_state text,
    to_state text NOT NULL,
    reason text,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by_name text NOT NULL,
    CONSTRAINT order_status_log_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT order_status_log_order_fkey FOREIGN KEY (organisation_id, order_id, customer_id)
    REFERENCES trace.sales_order (organisation_id, id, customer_id) ON DELETE CASCADE
);
COMMENT ON TABLE trace.order_status_log IS 'Each state an order was in, from when. Written by one place: the trigger on sales_order.';
COMMENT ON COLUMN trace.order_status_log.reason IS 'Why, as the person who moved the order said it; NULL when nobody did. Internal, never shown to the customer.';
COMMENT ON COLUMN trace.order_status_log.changed_at IS 'The clock, not the begin of the transaction: an order confirmed when it is entered has two states in one transaction.';
COMMENT ON CONSTRAINT order_status_log_order_fkey ON trace.order_status_log IS 'CASCADE: only a draft can be deleted, and its log says no more than that it was begun.';
CREATE INDEX order_status_log_order_idx ON trace.order_status_log (organisation_id, order_id, id);
