-- Where things come from: farms and their plots, suppliers, and what kinds of material there are.
CREATE TABLE trace.farm (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    name text NOT NULL,
    producer_name text,
    country text NOT NULL,
    region text,
    note text,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT farm_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT farm_name_unique UNIQUE (organisation_id, name),
    CONSTRAINT farm_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT farm_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT farm_country_code CHECK (country ~ '^[A-Z]{2}$')
);
COMMENT ON TABLE trace.farm IS 'Who grew something: a farm, an estate or a cooperative that delivers harvests.';
COMMENT ON COLUMN trace.farm.archived_at IS 'Retired: no longer offered for new batches. Farms with batches are retired, never deleted.';
COMMENT ON CONSTRAINT farm_organisation_fkey ON trace.farm IS 'RESTRICT: a tenant with origins has records that must be kept (EU 178/2002).';

CREATE TABLE trace.plot (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    farm_id uuid NOT NULL,
    name text NOT NULL,
    geometry jsonb,
    area_ha numeric,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT plot_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT plot_farm_key UNIQUE (organisation_id, id, farm_id),
    CONSTRAINT plot_name_unique UNIQUE (organisation_id, farm_id, name),
    CONSTRAINT plot_farm_fkey FOREIGN KEY (organisation_id, farm_id) REFERENCES trace.farm (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT plot_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT plot_geometry_kind CHECK (geometry IS NULL OR geometry ->> 'type' IN ('Point', 'Polygon', 'MultiPolygon')),
    CONSTRAINT plot_area_positive CHECK (area_ha > 0)
);
COMMENT ON TABLE trace.plot IS 'A piece of land of one farm (EUDR: a polygon above 4 ha, else a point).';
COMMENT ON COLUMN trace.plot.geometry IS 'GeoJSON geometry, WGS 84, longitude before latitude.';
COMMENT ON COLUMN trace.plot.area_ha IS 'Declared area in hectares.';
COMMENT ON CONSTRAINT plot_farm_fkey ON trace.plot IS 'RESTRICT: the plot is the evidence of origin (EUDR); it goes before its farm, and only when unused.';

CREATE TABLE trace.supplier (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    name text NOT NULL,
    country text NOT NULL,
    email text,
    note text,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT supplier_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT supplier_name_unique UNIQUE (organisation_id, name),
    CONSTRAINT supplier_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT supplier_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT supplier_country_code CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT supplier_email_shape CHECK (email ~ '^[^@\s]+@[^@\s]+$')
);
COMMENT ON TABLE trace.supplier IS 'Who sold something to us: one step back (EU 178/2002 article 18).';
COMMENT ON CONSTRAINT supplier_organisation_fkey ON trace.supplier IS 'RESTRICT: a tenant with suppliers has records that must be kept.';

CREATE TABLE trace.material (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    base_unit text NOT NULL,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT material_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT material_code_unique UNIQUE (organisation_id, code),
    CONSTRAINT material_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT material_code_written CHECK (code ~ '\S' AND length(code) <= 40),
    CONSTRAINT material_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT material_kind_known CHECK (
        kind IN ('bean', 'sugar', 'butter', 'milk', 'packaging', 'intermediate', 'finished', 'rework', 'byproduct', 'other')
    ),
    CONSTRAINT material_base_unit_known CHECK (base_unit IN ('g', 'ml', 'piece'))
);
COMMENT ON TABLE trace.material IS 'What a batch consists of: beans, sugar, nibs, mass, a bar, foil.';
COMMENT ON COLUMN trace.material.base_unit IS 'The unit of every quantity of this material: g, ml or piece.';
COMMENT ON CONSTRAINT material_organisation_fkey ON trace.material IS 'RESTRICT: a tenant with materials has batches that must be kept.';

CREATE TABLE trace.product (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    material_id uuid NOT NULL,
    sku text NOT NULL,
    name text NOT NULL,
    gtin text,
    net_mass_g numeric NOT NULL,
    units_per_case integer NOT NULL DEFAULT 1,
    shelf_life_days integer,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT product_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT product_material_key UNIQUE (organisation_id, id, material_id),
    CONSTRAINT product_material_unique UNIQUE (organisation_id, material_id),
    CONSTRAINT product_sku_unique UNIQUE (organisation_id, sku),
    CONSTRAINT product_gtin_unique UNIQUE (organisation_id, gtin),
    CONSTRAINT product_material_fkey FOREIGN KEY (organisation_id, material_id)
    REFERENCES trace.material (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT product_sku_written CHECK (sku ~ '\S' AND length(sku) <= 60),
    CONSTRAINT product_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT product_gtin_valid CHECK (trace.is_gtin(gtin)),
    CONSTRAINT product_net_mass_positive CHECK (net_mass_g > 0),
    CONSTRAINT product_units_per_case_positive CHECK (units_per_case > 0),
    CONSTRAINT product_shelf_life_positive CHECK (shelf_life_days > 0)
);
COMMENT ON TABLE trace.product IS 'What is sold: one finished material with a name, a number and a net content.';
COMMENT ON COLUMN trace.product.net_mass_g IS 'Net content of one piece in grams. A batch freezes it when it is made, so that a later change rewrites no history.';
COMMENT ON COLUMN trace.product.units_per_case IS 'Pieces in one shipping case.';
COMMENT ON COLUMN trace.product.shelf_life_days IS 'Days from making to best before; proposes the date, never sets it.';
COMMENT ON CONSTRAINT product_material_fkey ON trace.product IS 'RESTRICT: the product is its material; retire both instead.';

CREATE TRIGGER farm_version BEFORE UPDATE ON trace.farm FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER plot_version BEFORE UPDATE ON trace.plot FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER supplier_version BEFORE UPDATE ON trace.supplier FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER material_version BEFORE UPDATE ON trace.material FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER product_version BEFORE UPDATE ON trace.product FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER plot_frozen BEFORE UPDATE ON trace.plot FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of('farm_id');
CREATE TRIGGER material_frozen BEFORE UPDATE ON trace.material FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of('base_unit', 'kind');
CREATE TRIGGER product_frozen BEFORE UPDATE ON trace.product FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of('material_id');
CALL core.guard_tenant_table('trace.farm');
CALL core.guard_tenant_table('trace.plot');
CALL core.guard_tenant_table('trace.supplier');
CALL core.guard_tenant_table('trace.material');
CALL core.guard_tenant_table('trace.product');
GRANT UPDATE, DELETE ON trace.farm, trace.plot, trace.supplier, trace.material, trace.product TO provender_app;
