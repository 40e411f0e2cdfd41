-- Says which numbers are taken, so that what is recorded later goes on after the load.
-- Parameters: organisation_id; orders, shipments (how many).
INSERT INTO core.counter (organisation_id, name, last_value)
VALUES
(%(organisation_id)s::uuid, 'SO', %(orders)s::bigint),
(%(organisation_id)s::uuid, 'SH', %(shipments)s::bigint)
