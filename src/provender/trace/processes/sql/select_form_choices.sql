-- What the form of a process offers; one row: choices (JSON object of arrays).
-- Parameters: organisation_id; kind (the process's: its equipment is offered, the latest used first); most (batches).
-- Order: materials, products, farms and suppliers by name, without retired ones; batches the latest made first.
-- made: what the latest process of this kind made, line by line, to be proposed again.
-- batches: of the latest made ones, those that have something free and are not on hold, with what is free in base units.
-- JOIN of a line to its batch and of a batch to its material drops nothing (required); LEFT OUTER JOIN of a material to its product keeps those that
-- are not sold.
WITH recent AS (
    SELECT
        batch.id,
        batch.code,
        batch.made_on,
        batch.material_id
    FROM trace.batch AS batch
    WHERE
        batch.organisation_id = %(organisation_id)s::uuid
        AND NOT EXISTS (
            SELECT FROM trace.hold AS hold
            WHERE hold.organisation_id = batch.organisation_id AND hold.batch_id = batch.id AND hold.state = 'active'
        )
    ORDER BY
        batch.made_on DESC,
        batch.id DESC
    LIMIT %(most)s::integer
),

stock AS (
    SELECT
        recent.code,
        recent.made_on,
        recent.id,
        material.name,
        material.kind,
        material.base_unit,
        trace.batch_on_hand(material.organisation_id, recent.id) - trace.batch_allocated(material.organisation_id, recent.id) AS free
    FROM recent
    INNER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND recent.material_id = material.id
),

latest AS (
    SELECT process.id
    FROM trace.process AS process
    WHERE process.organisation_id = %(organisation_id)s::uuid AND process.kind = %(kind)s::text AND NOT process.is_void
    ORDER BY
        process.finished_at DESC,
        process.id DESC
    LIMIT 1
),

used AS (
    SELECT
        process.equipment,
        max(process.finished_at) AS last_used_at
    FROM trace.process AS process
    WHERE
        process.organisation_id = %(organisation_id)s::uuid
        AND process.equipment IS NOT NULL
        AND process.kind = %(kind)s::text
    GROUP BY process.equipment
)

SELECT
    json_build_object(
        'batches', (
            SELECT
                coalesce(json_agg(
                    json_build_object(
                        'code', stock.code, 'name', stock.name, 'kind', stock.kind, 'base_unit', stock.base_unit,
                        'free', trim_scale(stock.free)
                    ) ORDER BY stock.made_on DESC, stock.id DESC
                ), '[]')
            FROM stock
            WHERE stock.free > 0
        ),
        'materials', (
            SELECT
                coalesce(json_agg(
                    json_build_object(
                        'id', material.id, 'name', material.name, 'kind', material.kind, 'base_unit', material.base_unit,
                        'is_product', product.id IS NOT NULL
                    ) ORDER BY material.name ASC
                ), '[]')
            FROM trace.material AS material
            LEFT OUTER JOIN trace.product AS product
                ON material.organisation_id = product.organisation_id AND material.id = product.material_id
            WHERE material.organisation_id = %(organisation_id)s::uuid AND material.archived_at IS NULL
        ),
        'products', (
            SELECT
                coalesce(json_agg(
                    json_build_object('id', product.id, 'name', product.name, 'sku', product.sku, 'shelf_life_days', product.shelf_life_days)
                    ORDER BY product.name ASC
                ), '[]')
            FROM trace.product AS product
            WHERE product.organisation_id = %(organisation_id)s::uuid AND product.archived_at IS NULL
        ),
        'farms', (
            SELECT coalesce(json_agg(json_build_object('id', farm.id, 'name', farm.name) ORDER BY farm.name ASC), '[]')
            FROM trace.farm AS farm
            WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.archived_at IS NULL
        ),
        'suppliers', (
            SELECT coalesce(json_agg(json_build_object('id', supplier.id, 'name', supplier.name) ORDER BY supplier.name ASC), '[]')
            FROM trace.supplier AS supplier
            WHERE supplier.organisation_id = %(organisation_id)s::uuid AND supplier.archived_at IS NULL
        ),
        'made', (
            SELECT
                coalesce(json_agg(
                    json_build_object(
                        'material_id', batch.material_id, 'product_id', batch.product_id, 'role', line.role, 'unit', line.entered_unit
                    ) ORDER BY line.line_no ASC
                ), '[]')
            FROM latest
            INNER JOIN trace.process_output AS line
                ON line.organisation_id = %(organisation_id)s::uuid AND latest.id = line.process_id
            INNER JOIN trace.batch AS batch
                ON line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
        ),
        'equipment', (
            SELECT coalesce(json_agg(used.equipment ORDER BY used.last_used_at DESC), '[]')
            FROM used
        )
    ) AS choices
