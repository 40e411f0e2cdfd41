"""Sites of customers over REST, and what keeps a customer."""

from __future__ import annotations

from uuid import UUID

from provender.kit.db import Work
from provender.trace.customers.payloads import Site, SiteList
from tests.maker import Maker

CUSTOMERS = "/api/trace/customers"
MISSING = "01890a5d-ac96-774b-bcce-b302099a8057"
SITE = {"name": "Store 1", "address": "Marktplatz 1\n80331 München", "country": "DE", "time_zone": "Europe/Berlin"}


def add_customer(maker: Maker, name: str = "Feinkost Maier") -> str:
    return maker.post(CUSTOMERS, {"name": name, "country": "DE"}).headers["location"]


def add_site(maker: Maker, customer: str, **changes: object) -> str:
    added = maker.post(f"{customer}/sites", {**SITE, **changes})
    assert added.status_code == 201, added.text
    return added.headers["location"]


def test_a_site_is_answered_as_documented_and_listed_with_its_customer(maker: Maker) -> None:
    customer = add_customer(maker)

    site = maker.get(add_site(maker, customer)).json()

    Site.model_validate(site)
    assert {name: site[name] for name in SITE} == SITE
    assert maker.get(f"{customer}/sites").json() == {"items": [site], "next": None}
    SiteList.model_validate(maker.get(f"{customer}/sites").json())
    assert maker.get(customer).json()["site_count"] == 1


def test_a_customer_without_sites_answers_an_empty_list_and_no_customer_answers_404(
    maker: Maker, other_maker: Maker
) -> None:
    customer = add_customer(maker)

    assert maker.get(f"{customer}/sites").json() == {"items": [], "next": None}
    for caller, place in ((maker, f"{CUSTOMERS}/{MISSING}"), (other_maker, customer)):
        assert caller.get(f"{place}/sites").status_code == 404
        assert caller.post(f"{place}/sites", SITE).status_code == 404


def test_wrong_sites_are_refused_by_field(maker: Maker) -> None:
    customer = add_customer(maker)
    add_site(maker, customer)

    wrong = maker.post(f"{customer}/sites", {**SITE, "time_zone": "Mars/Olympus", "address": " ", "country": "EL"})

    assert {error["field"] for error in wrong.json()["errors"]} == {"time_zone", "address", "country"}
    assert maker.post(f"{customer}/sites", SITE).json()["code"] == "customer_site.name_taken"
    assert add_site(maker, add_customer(maker, "Other"))


def test_a_site_is_replaced_archived_restored_and_deleted(maker: Maker) -> None:
    site = add_site(maker, add_customer(maker))

    assert maker.put(site, {**SITE, "name": "Store 2"}, version=1).json()["name"] == "Store 2"
    assert maker.put(site, SITE, version=1).status_code == 412
    assert maker.post(f"{site}/archive").json()["archived_at"] is not None
    assert maker.post(f"{site}/restore").json()["archived_at"] is None
    assert maker.delete(site).status_code == 204
    assert maker.get(site).status_code == 404


def test_a_site_of_another_tenant_is_as_one_that_does_not_exist(maker: Maker, other_maker: Maker) -> None:
    site, missing = add_site(maker, add_customer(maker)), f"/api/trace/customer-sites/{MISSING}"

    for method, path_end in (("GET", ""), ("DELETE", ""), ("POST", "/archive"), ("POST", "/restore")):
        foreign, absent = (other_maker.send(method, place + path_end) for place in (site, missing))
        assert foreign.status_code == absent.status_code == 404
        assert {**foreign.json(), "instance": ""} == {**absent.json(), "instance": ""}
    assert other_maker.put(site, SITE, version=1).status_code == 404


def test_what_orders_name_is_not_deleted_and_two_children_do_not_multiply(maker: Maker) -> None:
    customer = add_customer(maker)
    site, unused = add_site(maker, customer), add_site(maker, customer, name="Store 2")

    async def store(work: Work) -> None:
        for number in ("SO-1", "SO-2", "SO-3"):
            await work.execute(
                b"INSERT INTO trace.sales_order (organisation_id, number, customer_id, customer_site_id)"
                b" VALUES (%(organisation_id)s, %(number)s, %(customer_id)s, %(site_id)s)",
                {"number": number, "customer_id": UUID(customer[-36:]), "site_id": UUID(site[-36:])},
            )

    maker.run(store)

    answered = maker.get(customer).json()
    assert (answered["site_count"], answered["order_count"]) == (2, 3)
    assert [item["order_count"] for item in maker.get(f"{customer}/sites").json()["items"]] == [3, 0]
    assert maker.delete(site).json()["code"] == "customer_site.in_use"
    assert maker.delete(customer).json()["code"] == "customer.in_use"
    assert maker.delete(unused).status_code == 204


def test_customers_are_filtered_by_name_and_country(maker: Maker) -> None:
    add_customer(maker)
    maker.post(CUSTOMERS, {"name": "Tokyo Foods", "country": "JP", "language": "ja"})

    names = {
        query: [item["name"] for item in maker.get(f"{CUSTOMERS}?{query}").json()["items"]]
        for query in ("country=jp", "name=fein", "country=DE&name=tok")
    }

    assert names == {"country=jp": ["Tokyo Foods"], "name=fein": ["Feinkost Maier"], "country=DE&name=tok": []}
    assert maker.get(f"{CUSTOMERS}?country=XX").status_code == 422
