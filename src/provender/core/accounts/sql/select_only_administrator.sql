-- The address of the only administrator, for commands that name nobody; one row, NULL when there are several.
-- Parameters: none.
SELECT core.find_only_administrator() AS email
