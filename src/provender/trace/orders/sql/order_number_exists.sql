-- Whether an order has this number; one row.
-- Parameters: organisation_id, number.
SELECT exists(
    SELECT FROM trace.sales_order AS sales_order
    WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.number = %(number)s::text
) AS is_there
