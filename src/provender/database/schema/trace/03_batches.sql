-- Batches and what happened to them. Quantities sit on a process's inputs and outputs separately, never on
-- pairs, so that blends do not count twice. A wrong record is reversed, never edited: the reversal makes the
-- process void, and its lines know it because they carry the flag through a wider foreign key.
CREATE TABLE trace.batch (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    material_id uuid NOT NULL,
    product_id uuid,
    farm_id uuid,
    supplier_id uuid,
    code text NOT NULL,
    code_key text NOT NULL GENERATED ALWAYS AS (trace.batch_code_key(code)) STORED,
    made_on date NOT NULL,
    best_before_on date,
    unit_mass_g numeric,
    note text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT batch_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT batch_product_key UNIQUE (organisation_id, id, product_id),
    CONSTRAINT batch_code_unique UNIQUE (organisation_id, material_id, code),
    CONSTRAINT batch_material_fkey FOREIGN KEY (organisation_id, material_id)
    REFERENCES trace.material (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT batch_product_fkey FOREIGN KEY (organisation_id, product_id, material_id)
    REFERENCES trace.product (organisation_id, id, material_id) ON DELETE RESTRICT,
    CONSTRAINT batch_farm_fkey FOREIGN KEY (organisation_id, farm_id) REFERENCES trace.farm (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT batch_supplier_fkey FOREIGN KEY (organisation_id, supplier_id)
    REFERENCES trace.supplier (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT batch_code_written CHECK (code ~ '\S' AND length(code) <= 60),
    CONSTRAINT batch_best_before_after_made CHECK (best_before_on >= made_on),
    CONSTRAINT batch_unit_mass_positive CHECK (unit_mass_g > 0)
);
COMMENT ON TABLE trace.batch IS 'An identified quantity of one material: a harvest, an intermediate, finished bars, packaging, rework. The node of every trace.';
COMMENT ON COLUMN trace.batch.code IS 'As printed. Unique per material only: codes of suppliers collide.';
COMMENT ON COLUMN trace.batch.made_on IS 'Day of making or receiving, where the organisation is; the order of the list.';
COMMENT ON COLUMN trace.batch.best_before_on IS 'Best-before date as printed; NULL: none is printed.';
COMMENT ON COLUMN trace.batch.product_id IS 'For finished batches: what they are sold as; the wider key proves that it is the product of this material.';
COMMENT ON COLUMN trace.batch.unit_mass_g IS 'Grams in one base unit, frozen at making: 1 for mass, the net content for pieces; NULL: not known, so never mixed into mass.';
COMMENT ON CONSTRAINT batch_material_fkey ON trace.batch IS 'RESTRICT: a batch without material means nothing; retire the material.';
COMMENT ON CONSTRAINT batch_product_fkey ON trace.batch IS 'RESTRICT: a recall walks from batch to product; retire the product.';
COMMENT ON CONSTRAINT batch_farm_fkey ON trace.batch IS 'RESTRICT: origin evidence (EUDR, EU 178/2002); retire the farm.';
COMMENT ON CONSTRAINT batch_supplier_fkey ON trace.batch IS 'RESTRICT: one-step-back evidence; retire the supplier.';
CREATE INDEX batch_list_idx ON trace.batch (organisation_id, made_on DESC, id DESC);
CREATE INDEX batch_code_key_idx ON trace.batch (organisation_id, code_key);
CREATE INDEX batch_best_before_idx ON trace.batch (organisation_id, best_before_on) WHERE best_before_on IS NOT NULL;
CREATE INDEX batch_material_idx ON trace.batch (organisation_id, material_id, made_on DESC, id DESC);
CREATE INDEX batch_product_idx ON trace.batch (organisation_id, product_id, made_on DESC, id DESC) WHERE product_id IS NOT NULL;
CREATE INDEX batch_farm_idx ON trace.batch (organisation_id, farm_id, made_on DESC, id DESC) WHERE farm_id IS NOT NULL;
CREATE INDEX batch_supplier_idx ON trace.batch (organisation_id, supplier_id) WHERE supplier_id IS NOT NULL;

CREATE TABLE trace.batch_origin (
    organisation_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    plot_id uuid NOT NULL,
    farm_id uuid NOT NULL,
    quantity numeric,
    CONSTRAINT batch_origin_pkey PRIMARY KEY (organisation_id, batch_id, plot_id),
    CONSTRAINT batch_origin_batch_fkey FOREIGN KEY (organisation_id, batch_id)
    REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT batch_origin_plot_fkey FOREIGN KEY (organisation_id, plot_id, farm_id)
    REFERENCES trace.plot (organisation_id, id, farm_id) ON DELETE RESTRICT,
    CONSTRAINT batch_origin_quantity_positive CHECK (quantity > 0)
);
COMMENT ON TABLE trace.batch_origin IS 'A batch holds harvest of a plot; one batch may come from many plots.';
COMMENT ON COLUMN trace.batch_origin.farm_id IS 'Farm of the plot, carried so that a trace ends one join earlier; the wider key keeps it true.';
COMMENT ON COLUMN trace.batch_origin.quantity IS 'In the base unit of the batch''s material; NULL: not known.';
COMMENT ON CONSTRAINT batch_origin_batch_fkey ON trace.batch_origin IS 'RESTRICT: origin evidence stays with its batch.';
COMMENT ON CONSTRAINT batch_origin_plot_fkey ON trace.batch_origin IS 'RESTRICT: a plot with harvests is evidence; retire it.';
CREATE INDEX batch_origin_plot_idx ON trace.batch_origin (organisation_id, plot_id, batch_id);
CREATE INDEX batch_origin_farm_idx ON trace.batch_origin (organisation_id, farm_id, batch_id);

CREATE TABLE trace.process (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    kind text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    equipment text,
    note text,
    gain_reason text,
    reverses_process_id uuid,
    is_void boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by_account_id uuid,
    recorded_by_name text NOT NULL,
    CONSTRAINT process_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT process_line_key UNIQUE (organisation_id, id, started_at, finished_at, is_void),
    CONSTRAINT process_reversed_once UNIQUE (organisation_id, reverses_process_id),
    CONSTRAINT process_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT process_reverses_fkey FOREIGN KEY (organisation_id, reverses_process_id)
    REFERENCES trace.process (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT process_recorded_by_fkey FOREIGN KEY (organisation_id, recorded_by_account_id)
    REFERENCES core.membership (organisation_id, account_id) ON DELETE SET NULL (recorded_by_account_id),
    CONSTRAINT process_kind_known CHECK (
        kind IN (
            'receive', 'roast', 'winnow', 'grind', 'conche', 'mould', 'pack', 'split', 'merge', 'rework', 'scrap', 'adjust', 'count',
            'reversal'
        )
    ),
    CONSTRAINT process_finished_after_started CHECK (finished_at >= started_at),
    CONSTRAINT process_reversal_names_process CHECK ((kind = 'reversal') = (reverses_process_id IS NOT NULL)),
    CONSTRAINT process_gain_reason_written CHECK (gain_reason ~ '\S')
);
COMMENT ON TABLE trace.process IS 'Something that happened to batches. Append-only: a mistake is reversed by another process.';
COMMENT ON COLUMN trace.process.recorded_at IS 'When it was entered; may be days after it happened.';
COMMENT ON COLUMN trace.process.gain_reason IS 'Why more came out than went in; without it a gain is refused.';
COMMENT ON COLUMN trace.process.is_void IS 'Set by its reversal; void processes count in no balance and no trace, and stay visible.';
COMMENT ON COLUMN trace.process.recorded_by_name IS 'Name at the time of recording; outlives the account.';
COMMENT ON CONSTRAINT process_organisation_fkey ON trace.process IS 'RESTRICT: production records must be kept.';
COMMENT ON CONSTRAINT process_reverses_fkey ON trace.process IS 'RESTRICT: a reversal without its original would explain nothing.';
COMMENT ON CONSTRAINT process_recorded_by_fkey ON trace.process IS 'SET NULL: staff assignment is no evidence of product flow, and the name stays frozen beside it.';
CREATE INDEX process_list_idx ON trace.process (organisation_id, finished_at DESC, id DESC);
CREATE INDEX process_equipment_idx ON trace.process (organisation_id, equipment, started_at) WHERE equipment IS NOT NULL;
CREATE INDEX process_recorded_by_idx ON trace.process (organisation_id, recorded_by_account_id)
WHERE recorded_by_account_id IS NOT NULL;

CREATE TABLE trace.process_input (
    organisation_id uuid NOT NULL,
    process_id uuid NOT NULL,
    line_no integer NOT NULL,
    batch_id uuid NOT NULL,
    quantity numeric NOT NULL,
    entered_quantity numeric NOT NULL,
    entered_unit text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    is_void boolean NOT NULL DEFAULT false,
    CONSTRAINT process_input_pkey PRIMARY KEY (organisation_id, process_id, line_no),
    CONSTRAINT process_input_process_fkey FOREIGN KEY (organisation_id, process_id, started_at, finished_at, is_void)
    REFERENCES trace.process (organisation_id, id, started_at, finished_at, is_void) ON UPDATE CASCADE ON DELETE RESTRICT,
    CONSTRAINT process_input_batch_fkey FOREIGN KEY (organisation_id, batch_id)
    REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT process_input_quantity_positive CHECK (quantity > 0),
    CONSTRAINT process_input_entered_positive CHECK (entered_quantity > 0)
);
COMMENT ON TABLE trace.process_input IS 'What a process took out of a batch.';
COMMENT ON COLUMN trace.process_input.quantity IS 'In the base unit of the batch''s material, exact.';
COMMENT ON COLUMN trace.process_input.entered_quantity IS 'As entered, in entered_unit.';
COMMENT ON CONSTRAINT process_input_process_fkey ON trace.process_input IS 'RESTRICT on delete: losing one edge silently shortens a recall. CASCADE on update carries the times and the void flag, so the copies cannot drift.';
COMMENT ON CONSTRAINT process_input_batch_fkey ON trace.process_input IS 'RESTRICT: losing one edge silently shortens a recall.';
CREATE INDEX process_input_batch_idx ON trace.process_input (organisation_id, batch_id, process_id)
INCLUDE (quantity, finished_at) WHERE NOT is_void;
CREATE INDEX process_input_batch_all_idx ON trace.process_input (organisation_id, batch_id);

CREATE TABLE trace.process_output (
    organisation_id uuid NOT NULL,
    process_id uuid NOT NULL,
    line_no integer NOT NULL,
    batch_id uuid NOT NULL,
    role text NOT NULL DEFAULT 'good',
    quantity numeric NOT NULL,
    entered_quantity numeric NOT NULL,
    entered_unit text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    is_void boolean NOT NULL DEFAULT false,
    CONSTRAINT process_output_pkey PRIMARY KEY (organisation_id, process_id, line_no),
    CONSTRAINT process_output_process_fkey FOREIGN KEY (organisation_id, process_id, started_at, finished_at, is_void)
    REFERENCES trace.process (organisation_id, id, started_at, finished_at, is_void) ON UPDATE CASCADE ON DELETE RESTRICT,
    CONSTRAINT process_output_batch_fkey FOREIGN KEY (organisation_id, batch_id)
    REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT process_output_role_known CHECK (role IN ('good', 'byproduct', 'rework', 'scrap', 'sample', 'retained')),
    CONSTRAINT process_output_quantity_positive CHECK (quantity > 0),
    CONSTRAINT process_output_entered_positive CHECK (entered_quantity > 0)
);
COMMENT ON TABLE trace.process_output IS 'What a process put into a batch.';
COMMENT ON COLUMN trace.process_output.quantity IS 'In the base unit of the batch''s material, exact.';
COMMENT ON COLUMN trace.process_output.entered_quantity IS 'As entered, in entered_unit.';
COMMENT ON COLUMN trace.process_output.role IS 'Good, by-product, rework, scrap, sample or retained sample. Scrap leaves the stock at once.';
COMMENT ON CONSTRAINT process_output_process_fkey ON trace.process_output IS 'RESTRICT on delete: losing one edge silently shortens a recall. CASCADE on update carries the times and the void flag, so the copies cannot drift.';
COMMENT ON CONSTRAINT process_output_batch_fkey ON trace.process_output IS 'RESTRICT: losing one edge silently shortens a recall.';
CREATE INDEX process_output_process_idx ON trace.process_output (organisation_id, process_id, batch_id)
INCLUDE (quantity, started_at) WHERE NOT is_void;
CREATE INDEX process_output_batch_idx ON trace.process_output (organisation_id, batch_id, process_id)
INCLUDE (quantity, role, started_at) WHERE NOT is_void;
CREATE INDEX process_output_batch_all_idx ON trace.process_output (organisation_id, batch_id);
CREATE INDEX process_input_process_idx ON trace.process_input (organisation_id, process_id, batch_id)
INCLUDE (quantity, finished_at) WHERE NOT is_void;

CREATE TABLE trace.hold (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    batch_id uuid NOT NULL,
    recall_case_id uuid,
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'active',
    placed_at timestamptz NOT NULL DEFAULT now(),
    placed_by_name text NOT NULL,
    released_at timestamptz,
    released_by_name text,
    release_reason text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT hold_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT hold_batch_fkey FOREIGN KEY (organisation_id, batch_id) REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT hold_state_known CHECK (state IN ('active', 'released')),
    CONSTRAINT hold_reason_written CHECK (reason ~ '\S'),
    CONSTRAINT hold_release_is_signed CHECK (
        (state = 'released') = (released_at IS NOT NULL AND released_by_name IS NOT NULL AND release_reason ~ '\S')
    )
);
COMMENT ON TABLE trace.hold IS 'A batch must not be allocated, shipped or used until a person releases it with a reason.';
COMMENT ON CONSTRAINT hold_batch_fkey ON trace.hold IS 'RESTRICT: a hold is a legal record.';
CREATE INDEX hold_batch_idx ON trace.hold (organisation_id, batch_id);
CREATE INDEX hold_active_idx ON trace.hold (organisation_id, batch_id) WHERE state = 'active';
CREATE INDEX hold_list_idx ON trace.hold (organisation_id, placed_at DESC, id DESC);
CREATE INDEX hold_recall_case_idx ON trace.hold (organisation_id, recall_case_id) WHERE recall_case_id IS NOT NULL;
