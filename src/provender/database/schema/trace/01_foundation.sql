-- What the tables of trace share: how a printed code is compared, what a GTIN is.
CREATE SCHEMA trace;
COMMENT ON SCHEMA trace IS 'From farm to customer and back: batches, what happened to them, who got them, and recalls.';
GRANT USAGE ON SCHEMA trace TO provender_app, provender_portal;

CREATE FUNCTION trace.batch_code_key(code text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(nullif(regexp_replace(folded.code, '^((LOT|L)[.:#-]*)+', ''), ''), folded.code)
    FROM (
        SELECT
            translate(
                normalize(code, nfkc),
                U&'abcdefghijklmnopqrstuvwxyz'
                || U&'\00E0\00E1\00E2\00E3\00E4\00E5\00E6\00E7\00E8\00E9\00EA\00EB\00EC\00ED\00EE'
                || U&'\00EF\00F0\00F1\00F2\00F3\00F4\00F5\00F6\00F8\00F9\00FA\00FB\00FC\00FD\00FE'
                || U&'\2010\2012\2013\2014\2015\2212'
                || U&'\0009\000A\000B\000C\000D\001C\001D\001E\001F\0020\0085\00AD\1680\180E'
                || U&'\200B\200C\200D\200E\200F\2028\2029\2060\FEFF',
                U&'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
                || U&'\00C0\00C1\00C2\00C3\00C4\00C5\00C6\00C7\00C8\00C9\00CA\00CB\00CC\00CD\00CE'
                || U&'\00CF\00D0\00D1\00D2\00D3\00D4\00D5\00D6\00D8\00D9\00DA\00DB\00DC\00DD\00DE'
                || '------'
            ) COLLATE "C" AS code
    ) AS folded
);
COMMENT ON FUNCTION trace.batch_code_key(text) IS 'The form in which codes are searched: NFKC, capitals, no white space, one kind of hyphen, a leading L or LOT ignored (EU 2011/91 lets makers print it). The twin of provender.trace.batches.model.codes.';

CREATE FUNCTION trace.is_gtin(code text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog
AS $$
    SELECT code ~ '^([0-9]{8}|[0-9]{12,14})$' AND (
        SELECT sum(substr(lpad(code, 14, '0'), place, 1)::integer * CASE WHEN place % 2 = 1 THEN 3 ELSE 1 END) % 10 = 0
        FROM generate_series(1, 14) AS place
    )
$$;
COMMENT ON FUNCTION trace.is_gtin(text) IS 'GTIN-8, -12, -13 or -14 with a right check digit (GS1 General Specifications 7.9).';
