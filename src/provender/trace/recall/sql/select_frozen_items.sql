-- The frozen items of a case, to compare them with the answer of today; a row is an item.
-- Parameters: organisation_id, recall_case_id.
-- Order: line number.
SELECT
    item.kind,
    item.subject_id,
    item.class AS class_name,
    item.quantity
FROM trace.recall_item AS item
WHERE item.organisation_id = %(organisation_id)s::uuid AND item.recall_case_id = %(recall_case_id)s::uuid
ORDER BY item.line_no ASC
