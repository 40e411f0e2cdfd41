-- The keys of one page of the orders with a line of a product, and of one order more when there are more.
-- Parameters (NULL: any, but product_id): organisation_id; product_id; customer_id; state; number, reference (they begin so);
-- search (number or reference begins so, or the customer's name holds it, whatever its case);
-- from_on, to_on (days of ordering, both included, in time_zone); last_ordered_at, last_id (key of the last row seen); page_size (rows).
-- Order: the newest first (ordered_at, then id, both descending).
-- The INNER JOIN keeps every distinct order of the lines, each once however many lines name the product.
SELECT
    sales_order.ordered_at,
    sales_order.id
FROM (
    SELECT DISTINCT line.order_id
    FROM trace.order_line AS line
    WHERE line.organisation_id = %(organisation_id)s::uuid AND line.product_id = %(product_id)s::uuid
) AS of_product
INNER JOIN trace.sales_order AS sales_order ON of_product.order_id = sales_order.id
WHERE
    sales_order.organisation_id = %(organisation_id)s::uuid
    AND (%(customer_id)s::uuid IS NULL OR sales_order.customer_id = %(customer_id)s::uuid)
    AND (
        %(search)s::text IS NULL
        OR starts_with(lower(sales_order.number), lower(%(search)s::text))
        OR starts_with(lower(sales_order.customer_reference), lower(%(search)s::text))
        OR sales_order.customer_id IN (
            SELECT customer.id
            FROM trace.customer AS customer
            WHERE customer.organisation_id = %(organisation_id)s::uuid AND strpos(lower(customer.name), lower(%(search)s::text)) > 0
        )
    )
    AND (%(state)s::text IS NULL OR sales_order.state = %(state)s::text)
    AND (%(number)s::text IS NULL OR starts_with(sales_order.number, %(number)s::text))
    AND (%(reference)s::text IS NULL OR starts_with(sales_order.customer_reference, %(reference)s::text))
    AND sales_order.ordered_at >= coalesce(%(from_on)s::date::timestamp AT TIME ZONE %(time_zone)s::text, '-infinity')
    AND sales_order.ordered_at < coalesce((%(to_on)s::date + 1)::timestamp AT TIME ZONE %(time_zone)s::text, 'infinity')
    AND (sales_order.ordered_at, sales_order.id) < (
        coalesce(%(last_ordered_at)s::timestamptz, 'infinity'),
        coalesce(%(last_id)s::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    )
ORDER BY
    sales_order.ordered_at DESC,
    sales_order.id DESC
LIMIT %(page_size)s::integer + 1
