"""How customers refuse."""

from __future__ import annotations

from provender.kit.errors import Refusal, Refusing


class CustomerNameTaken(Refusal):
    """Two customers of one organisation cannot have the same name: nobody could tell who was supplied."""

    code = "customer.name_taken"
    status = 409


class CustomerInUse(Refusal):
    """Other records point to the customer: deleting it would break a trace."""

    code = "customer.in_use"
    status = 409


class SiteNameTaken(Refusal):
    """Two sites of one customer cannot have the same name."""

    code = "customer_site.name_taken"
    status = 409


class SiteInUse(Refusal):
    """Goods went to the site: it is part of the trace."""

    code = "customer_site.in_use"
    status = 409


REFUSALS: Refusing = {
    "customer_name_unique": lambda _: CustomerNameTaken(
        "There is a customer with this name already.", hint="Choose another name, or use that customer.", field="name"
    ),
    "customer_site_customer_fkey": lambda _: CustomerInUse(
        "This customer has sites.", hint="Archive the customer instead."
    ),
    "sales_order_customer_fkey": lambda _: CustomerInUse(
        "This customer has orders.", hint="Archive the customer instead."
    ),
    "return_receipt_customer_fkey": lambda _: CustomerInUse(
        "This customer returned goods.", hint="Archive the customer instead."
    ),
    "complaint_customer_fkey": lambda _: CustomerInUse(
        "This customer complained.", hint="Archive the customer instead."
    ),
    "recall_notice_customer_fkey": lambda _: CustomerInUse(
        "This customer was told of a recall.", hint="Archive the customer instead."
    ),
    "customer_site_name_unique": lambda _: SiteNameTaken(
        "This customer has a site with this name already.", hint="Choose another name.", field="name"
    ),
    "sales_order_site_fkey": lambda _: SiteInUse("Orders go to this site.", hint="Archive the site instead."),
}
