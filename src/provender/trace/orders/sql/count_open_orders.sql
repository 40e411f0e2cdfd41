-- How many orders are in each state that asks for work, as one JSON object; a state without orders is 0.
-- Parameters: organisation_id.
-- The LEFT JOIN keeps a state that no order is in.
SELECT json_object_agg(counted.state, counted.order_count) AS counts
FROM (
    SELECT
        wanted.state,
        count(sales_order.id) AS order_count
    FROM unnest(ARRAY['draft', 'confirmed', 'in_production', 'packed']) AS wanted (state)
    LEFT OUTER JOIN trace.sales_order AS sales_order
        ON sales_order.organisation_id = %(organisation_id)s::uuid AND wanted.state = sales_order.state
    GROUP BY wanted.state
) AS counted
