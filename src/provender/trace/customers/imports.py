"""How a file of customers is read."""

from __future__ import annotations

from provender.kit.http.imports import Import, each, headings_of
from provender.trace.customers import actions, reads
from provender.trace.customers.payloads import CustomerInput

CUSTOMER_IMPORT = Import(headings_of(CustomerInput, reads.CUSTOMER_EXPORT), CustomerInput, each(actions.add_customer))
