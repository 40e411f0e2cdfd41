-- Opens a tenant; one row, its id. Whoever calls is nobody in it until a membership is added.
-- Parameters: name, country (ISO 3166-1 alpha-2), time_zone (IANA), language, contact_email.
SELECT
    core.open_organisation(
        %(name)s::text, %(country)s::text, %(time_zone)s::text, %(language)s::text, %(contact_email)s::text
    ) AS organisation_id
