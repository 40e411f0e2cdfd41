-- Complaints, and the frozen answer to the question a complaint asks.
CREATE TABLE trace.complaint (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    number text NOT NULL,
    customer_id uuid,
    product_id uuid,
    state text NOT NULL DEFAULT 'open',
    received_at timestamptz NOT NULL DEFAULT now(),
    description text NOT NULL,
    reported_code text,
    reported_best_before_on date,
    batch_id uuid,
    closed_reason text,
    recorded_by_name text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT complaint_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT complaint_number_unique UNIQUE (organisation_id, number),
    CONSTRAINT complaint_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT complaint_customer_fkey FOREIGN KEY (organisation_id, customer_id)
    REFERENCES trace.customer (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT complaint_product_fkey FOREIGN KEY (organisation_id, product_id)
    REFERENCES trace.product (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT complaint_batch_fkey FOREIGN KEY (organisation_id, batch_id) REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT complaint_description_written CHECK (description ~ '\S'),
    CONSTRAINT complaint_state_known CHECK (state IN ('open', 'identified', 'closed')),
    CONSTRAINT complaint_identified_names_batch CHECK (state <> 'identified' OR batch_id IS NOT NULL),
    CONSTRAINT complaint_closed_says_why CHECK (state <> 'closed' OR closed_reason ~ '\S')
);
COMMENT ON TABLE trace.complaint IS 'What a customer reported, in the customer''s words, and the batch a person identified.';
COMMENT ON COLUMN trace.complaint.reported_code IS 'As read off the pack, with whatever typing errors.';
COMMENT ON COLUMN trace.complaint.reported_best_before_on IS 'Best-before date as read off the pack.';
COMMENT ON CONSTRAINT complaint_organisation_fkey ON trace.complaint IS 'RESTRICT: complaints are records that must be kept.';
COMMENT ON CONSTRAINT complaint_customer_fkey ON trace.complaint IS 'RESTRICT: who complained is evidence.';
COMMENT ON CONSTRAINT complaint_product_fkey ON trace.complaint IS 'RESTRICT: retire the product.';
COMMENT ON CONSTRAINT complaint_batch_fkey ON trace.complaint IS 'RESTRICT: the finding is evidence.';
CREATE INDEX complaint_list_idx ON trace.complaint (organisation_id, received_at DESC, id DESC);
CREATE INDEX complaint_customer_idx ON trace.complaint (organisation_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX complaint_product_idx ON trace.complaint (organisation_id, product_id) WHERE product_id IS NOT NULL;
CREATE INDEX complaint_batch_idx ON trace.complaint (organisation_id, batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE trace.recall_case (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    number text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'open',
    opened_at timestamptz NOT NULL DEFAULT now(),
    opened_by_name text NOT NULL,
    finished_at timestamptz,
    finished_by_name text,
    conclusion text,
    watermark text NOT NULL,
    result_hash text NOT NULL,
    duration_ms integer NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT recall_case_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT recall_case_number_unique UNIQUE (organisation_id, number),
    CONSTRAINT recall_case_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT recall_case_kind_known CHECK (kind IN ('real', 'withdrawal', 'mock')),
    CONSTRAINT recall_case_state_known CHECK (state IN ('open', 'finished')),
    CONSTRAINT recall_case_title_written CHECK (title ~ '\S' AND length(title) <= 200),
    CONSTRAINT recall_case_reason_written CHECK (reason ~ '\S'),
    CONSTRAINT recall_case_finish_is_signed CHECK (
        (state = 'finished') = (finished_at IS NOT NULL AND finished_by_name IS NOT NULL AND conclusion ~ '\S')
    )
);
COMMENT ON TABLE trace.recall_case IS 'The frozen answer to a question asked at a moment: roots, items, notices. A mock case is the same, marked as an exercise.';
COMMENT ON COLUMN trace.recall_case.watermark IS 'State of the movements when the answer was computed; another value later means that the case is stale.';
COMMENT ON COLUMN trace.recall_case.result_hash IS 'SHA-256 of the canonical result, so that equal answers can be told.';
COMMENT ON COLUMN trace.recall_case.duration_ms IS 'Milliseconds from the question to the stored answer.';
COMMENT ON CONSTRAINT recall_case_organisation_fkey ON trace.recall_case IS 'RESTRICT: recalls are legal records.';
CREATE INDEX recall_case_list_idx ON trace.recall_case (organisation_id, opened_at DESC, id DESC);

ALTER TABLE trace.hold ADD CONSTRAINT hold_recall_case_fkey FOREIGN KEY (organisation_id, recall_case_id)
REFERENCES trace.recall_case (organisation_id, id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
COMMENT ON CONSTRAINT hold_recall_case_fkey ON trace.hold
IS 'RESTRICT: why the batch was held is part of the legal record. Deferred: a case holds first and looks after.';

CREATE TABLE trace.recall_complaint (
    organisation_id uuid NOT NULL,
    recall_case_id uuid NOT NULL,
    complaint_id uuid NOT NULL,
    CONSTRAINT recall_complaint_pkey PRIMARY KEY (organisation_id, recall_case_id, complaint_id),
    CONSTRAINT recall_complaint_case_fkey FOREIGN KEY (organisation_id, recall_case_id)
    REFERENCES trace.recall_case (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_complaint_complaint_fkey FOREIGN KEY (organisation_id, complaint_id)
    REFERENCES trace.complaint (organisation_id, id) ON DELETE RESTRICT
);
COMMENT ON TABLE trace.recall_complaint IS 'The complaints that a case answers.';
COMMENT ON CONSTRAINT recall_complaint_case_fkey ON trace.recall_complaint IS 'RESTRICT: legal record.';
COMMENT ON CONSTRAINT recall_complaint_complaint_fkey ON trace.recall_complaint IS 'RESTRICT: legal record.';
CREATE INDEX recall_complaint_complaint_idx ON trace.recall_complaint (organisation_id, complaint_id);

CREATE TABLE trace.recall_root (
    organisation_id uuid NOT NULL,
    recall_case_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    code_match text NOT NULL DEFAULT 'exact',
    base_unit text NOT NULL,
    received numeric NOT NULL,
    used numeric NOT NULL,
    on_hand numeric NOT NULL,
    sold numeric NOT NULL,
    returned numeric NOT NULL,
    scrapped numeric NOT NULL,
    unaccounted numeric NOT NULL,
    explained numeric,
    found numeric NOT NULL,
    lost numeric NOT NULL,
    is_exact boolean NOT NULL,
    is_over boolean NOT NULL,
    evidence jsonb NOT NULL,
    findings jsonb NOT NULL,
    CONSTRAINT recall_root_pkey PRIMARY KEY (organisation_id, recall_case_id, batch_id),
    CONSTRAINT recall_root_case_fkey FOREIGN KEY (organisation_id, recall_case_id)
    REFERENCES trace.recall_case (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_root_batch_fkey FOREIGN KEY (organisation_id, batch_id) REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_root_code_match_known CHECK (code_match IN ('exact', 'normalised'))
);
COMMENT ON TABLE trace.recall_root IS 'A suspect batch of a case, with its mass balance: received = used + on hand + sold + returned + scrapped + unaccounted.';
COMMENT ON COLUMN trace.recall_root.received IS 'All that ever entered the batch, in base_unit, as are the other figures of the balance.';
COMMENT ON COLUMN trace.recall_root.used IS 'Taken by processes that made something of it, in base_unit.';
COMMENT ON COLUMN trace.recall_root.on_hand IS 'Still in the building, in base_unit.';
COMMENT ON COLUMN trace.recall_root.sold IS 'Shipped as it is, in base_unit.';
COMMENT ON COLUMN trace.recall_root.scrapped IS 'Thrown away or written off, in base_unit.';
COMMENT ON COLUMN trace.recall_root.returned IS 'Came back and was not put into stock again; sold is what customers still have.';
COMMENT ON COLUMN trace.recall_root.unaccounted IS 'The remainder; negative when more was found than received. Never clamped.';
COMMENT ON COLUMN trace.recall_root.explained IS 'Explained part of what was received, 1 is all of it; NULL: nothing was received.';
COMMENT ON COLUMN trace.recall_root.found IS 'Found again in everything made from it, by exposure shares, in base_unit.';
COMMENT ON COLUMN trace.recall_root.lost IS 'Lost in processes (moisture, dust), by exposure shares, in base_unit.';
COMMENT ON COLUMN trace.recall_root.is_over IS 'More was explained, or found and lost, than received: a fault in the records, shown in red.';
COMMENT ON COLUMN trace.recall_root.evidence IS 'For each figure the rows behind it, as [table, id].';
COMMENT ON COLUMN trace.recall_root.findings IS 'Per batch downstream: share, on hand, sold, returned, scrapped, unaccounted, found, in base_unit.';
COMMENT ON CONSTRAINT recall_root_case_fkey ON trace.recall_root IS 'RESTRICT: legal record.';
COMMENT ON CONSTRAINT recall_root_batch_fkey ON trace.recall_root IS 'RESTRICT: legal record.';
CREATE INDEX recall_root_batch_idx ON trace.recall_root (organisation_id, batch_id);

CREATE TABLE trace.recall_item (
    organisation_id uuid NOT NULL,
    recall_case_id uuid NOT NULL,
    line_no integer NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    class text NOT NULL,
    certainty text NOT NULL,
    reasons text[] NOT NULL,
    depth integer NOT NULL,
    batch_id uuid,
    order_id uuid,
    customer_id uuid,
    quantity numeric,
    returned_quantity numeric,
    unit text,
    mass_g numeric,
    share numeric,
    share_fraction text,
    is_notified boolean NOT NULL,
    action text NOT NULL,
    done_at timestamptz,
    done_by_name text,
    resolution text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT recall_item_pkey PRIMARY KEY (organisation_id, recall_case_id, line_no),
    CONSTRAINT recall_item_case_fkey FOREIGN KEY (organisation_id, recall_case_id)
    REFERENCES trace.recall_case (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_item_batch_fkey FOREIGN KEY (organisation_id, batch_id) REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_item_order_fkey FOREIGN KEY (organisation_id, order_id, customer_id)
    REFERENCES trace.sales_order (organisation_id, id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT recall_item_kind_known CHECK (
        kind IN ('batch', 'process', 'stock', 'allocation', 'shipment_line', 'return_line')
    ),
    CONSTRAINT recall_item_class_known CHECK (
        class IN ('direct', 'possible', 'time_excluded', 'contained', 'recovered', 'destroyed', 'clear')
    ),
    CONSTRAINT recall_item_certainty_known CHECK (certainty IN ('direct', 'possible', 'time_excluded')),
    CONSTRAINT recall_item_reasons_given CHECK (cardinality(reasons) > 0),
    CONSTRAINT recall_item_action_known CHECK (action IN ('notify', 'stop', 'hold', 'sign_off', 'none')),
    CONSTRAINT recall_item_done_is_signed CHECK ((done_at IS NULL) = (done_by_name IS NULL)),
    CONSTRAINT recall_item_clear_says_why CHECK (class <> 'clear' OR (done_by_name IS NOT NULL AND resolution ~ '\S'))
);
COMMENT ON TABLE trace.recall_item IS 'One affected row: a batch, a process, stock, pieces set aside, shipped or come back; numbered in the order of the answer.';
COMMENT ON COLUMN trace.recall_item.subject_id IS 'Id of the row in the table that kind names; of the batch for stock.';
COMMENT ON COLUMN trace.recall_item.certainty IS 'How it hangs together with the roots, wherever the goods are now.';
COMMENT ON COLUMN trace.recall_item.reasons IS 'Machine-readable reasons of the class; the words are in docs/reference/recall-reasons.md.';
COMMENT ON COLUMN trace.recall_item.depth IS 'Process steps from the nearest root, or from the nearest place of doubt.';
COMMENT ON COLUMN trace.recall_item.quantity IS 'In unit, the base unit of the batch''s material; NULL for batches and processes.';
COMMENT ON COLUMN trace.recall_item.returned_quantity IS 'Of a shipment line, what came back, in unit.';
COMMENT ON COLUMN trace.recall_item.mass_g IS 'The quantity in grams; NULL: not known.';
COMMENT ON COLUMN trace.recall_item.share IS 'Exposure share, 0 to 1: how much of it comes from the roots. Shown beside the class, never used to shrink the recall.';
COMMENT ON COLUMN trace.recall_item.share_fraction IS 'The same as an exact fraction such as 2/5.';
COMMENT ON COLUMN trace.recall_item.is_notified IS 'On the notice of its customer; time-excluded items are not.';
COMMENT ON CONSTRAINT recall_item_case_fkey ON trace.recall_item IS 'RESTRICT: legal record.';
COMMENT ON CONSTRAINT recall_item_batch_fkey ON trace.recall_item IS 'RESTRICT: legal record.';
COMMENT ON CONSTRAINT recall_item_order_fkey ON trace.recall_item IS 'RESTRICT: legal record; the wider key proves the customer.';
CREATE INDEX recall_item_batch_idx ON trace.recall_item (organisation_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX recall_item_order_idx ON trace.recall_item (organisation_id, order_id) WHERE order_id IS NOT NULL;

CREATE TABLE trace.recall_notice (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    recall_case_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    language text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    quantity numeric NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    sent_by_name text,
    acknowledged_at timestamptz,
    quantity_held numeric,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT recall_notice_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT recall_notice_customer_unique UNIQUE (organisation_id, recall_case_id, customer_id),
    CONSTRAINT recall_notice_case_fkey FOREIGN KEY (organisation_id, recall_case_id)
    REFERENCES trace.recall_case (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_notice_customer_fkey FOREIGN KEY (organisation_id, customer_id)
    REFERENCES trace.customer (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_notice_language_known CHECK (language IN ('en', 'de', 'ja')),
    CONSTRAINT recall_notice_held_not_negative CHECK (quantity_held >= 0),
    CONSTRAINT recall_notice_held_is_acknowledged CHECK (quantity_held IS NULL OR acknowledged_at IS NOT NULL)
);
COMMENT ON TABLE trace.recall_notice IS 'What one customer is told, in the customer''s language, and what the customer answered.';
COMMENT ON COLUMN trace.recall_notice.quantity IS 'Pieces shipped to the customer that the notice asks back.';
COMMENT ON COLUMN trace.recall_notice.quantity_held IS 'Pieces the customer says are still there.';
COMMENT ON CONSTRAINT recall_notice_case_fkey ON trace.recall_notice IS 'RESTRICT: legal record.';
COMMENT ON CONSTRAINT recall_notice_customer_fkey ON trace.recall_notice IS 'RESTRICT: legal record.';
CREATE INDEX recall_notice_customer_idx ON trace.recall_notice (organisation_id, customer_id);
