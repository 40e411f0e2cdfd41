-- Records what a person did about one item. Zero rows: not there, or changed meanwhile.
-- Parameters: organisation_id, recall_case_id, line_no, version, class (NULL keeps it; only a person gives `clear`),
-- resolution (text), done_by_name. A case that is finished is not changed any more: the JOIN drops it.
UPDATE trace.recall_item AS item
SET
    class = coalesce(%(class)s::text, item.class),
    resolution = %(resolution)s::text,
    is_notified = item.is_notified AND %(class)s::text IS DISTINCT FROM 'clear',
    done_at = now(),
    done_by_name = %(done_by_name)s::text
FROM trace.recall_case AS recall_case
WHERE
    item.organisation_id = %(organisation_id)s::uuid
    AND item.recall_case_id = %(recall_case_id)s::uuid
    AND item.line_no = %(line_no)s::integer
    AND item.version = %(version)s::integer
    AND recall_case.organisation_id = %(organisation_id)s::uuid
    AND recall_case.id = item.recall_case_id
    AND recall_case.state = 'open'
