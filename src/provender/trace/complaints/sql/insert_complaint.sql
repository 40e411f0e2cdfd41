-- Records a complaint; one row, its id. Unknown customers, products and batches violate the foreign key of that name.
-- Parameters: organisation_id, number, customer_id, product_id, received_at (NULL: now), description, reported_code,
-- reported_best_before_on, recorded_by_name.
INSERT INTO trace.complaint (
    organisation_id,
    number,
    customer_id,
    product_id,
    received_at,
    description,
    reported_code,
    reported_best_before_on,
    recorded_by_name
)
VALUES (
    %(organisation_id)s::uuid,
    %(number)s::text,
    %(customer_id)s::uuid,
    %(product_id)s::uuid,
    coalesce(%(received_at)s::timestamptz, now()),
    %(description)s::text,
    %(reported_code)s::text,
    %(reported_best_before_on)s::date,
    %(recorded_by_name)s::text
)
RETURNING id
