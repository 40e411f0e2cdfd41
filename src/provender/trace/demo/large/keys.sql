-- Version 7 UUIDs made from numbers, for the session that loads: the same number gives the same key.
-- kind: the table (docs in actions.py); number: counts from 0 within it; at_ms: milliseconds since 1970.
CREATE FUNCTION pg_temp.key_of(kind integer, number bigint, at_ms bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE
AS $$
    SELECT (lpad(to_hex(at_ms), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(number), 15, '0'))::uuid
$$;
