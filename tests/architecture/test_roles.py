"""What each role may do is written down in docs/reference/roles.md, and is what the program does."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from provender.core.accounts.model import Role
from tests.architecture.house import PROJECT, text_of
from tests.architecture.routes import ShownRoute, list_routes
from tests.maker import application_of, make_maker
from tests.samples import Samples

PAGE = PROJECT / "docs/reference/roles.md"
ROW = re.compile(r"^\| `([A-Z]+ \S+)` \| (\w+) \|", re.MULTILINE)
FORBIDDEN = 403
LEAST_FIRST = (Role.STAFF, Role.MANAGER, Role.ADMINISTRATOR)
TABLES = {
    "farms": "name,country\r\nFarm of a file,DO\r\n",
    "suppliers": "name,country\r\nSupplier of a file,DE\r\n",
    "materials": "code,name,kind,base_unit\r\nX-1,Sugar,sugar,g\r\n",
    "products": "sku,name,net_mass_g\r\nX-1,Bar,50\r\n",
    "customers": "name,country\r\nShop of a file,DE\r\n",
}
"""What is imported at /api/trace/<things>/import, where the file is read before the role."""


@pytest.fixture(scope="module")
def samples(client: TestClient) -> Samples:
    """A tenant of its own, since what is allowed is done."""
    client.cookies.clear()
    return Samples(make_maker(client))


def least_role(route: ShownRoute, samples: Samples) -> str:
    """Return the first role that is not told that it may not; what the ids name does not exist."""
    for role in LEAST_FIRST:
        if status_for(role, route, samples) != FORBIDDEN:
            return str(role)
    return "nobody"


def status_for(role: Role, route: ShownRoute, samples: Samples) -> int:
    address = route.path
    for name in route.names:
        address = address.replace("{" + name + "}", "1" if name == "line_no" else str(uuid4()))
    headers = {} if route.is_safe else {"If-Match": '"99"'}
    caller = samples.maker.acting_as(role)
    if address.endswith("/import"):
        headers["Content-Type"] = "text/csv"
        return caller.send(
            route.method, address, content=TABLES.get(address.split("/")[-2], "name\r\nx\r\n"), headers=headers
        ).status_code
    body = samples.body(route.payload) if route.payload else None
    return caller.send(route.method, address, json=body, headers=headers).status_code


def test_every_route_is_open_to_the_roles_that_the_page_names(client: TestClient, samples: Samples) -> None:
    written = dict(ROW.findall(text_of(PAGE)))
    rest = [route for route in list_routes(application_of(client)) if route.is_rest]

    found = {str(route): least_role(route, samples) for route in rest}
    told = {name: role for name, role in found.items() if not name.startswith("GET ") or role != Role.STAFF}

    differing = sorted(f"| `{name}` | {role} |" for name, role in told.items() if written.get(name) != role)
    assert differing == [], f"write these rows into {PAGE.name}, or correct the route"
    assert sorted(written.keys() - told.keys()) == []
