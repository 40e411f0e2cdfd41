"""No route can be forgotten: these tests are made from the route table of the application.

Every route is asked by nobody, by a forged browser request, and, where its address holds ids, with
the real ids of another tenant, which must answer as ids that do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from provender.kit.http.edge import SESSION_COOKIE
from tests.architecture.routes import ShownRoute, list_routes, other_addresses
from tests.core.accounts.browser_session import PAGE, form_token_of, session_of, sign_in
from tests.maker import application_of, make_maker
from tests.samples import BODIES, BUILDERS, Samples

OPEN_TO_ANYBODY = {
    "GET /sign-in": "is where one signs in",
    "POST /sign-in": "is where one signs in",
    "POST /sign-out": "signing out twice is no error; it answers with the sign-in page",
    "POST /preferences": "language and theme can be chosen before signing in; sets two cookies and nothing else",
    "GET /healthz": "says whether the database answers, and nothing of anybody",
    "GET /metrics": "counts answers by route; no ids, no tenant",
    "GET /01/{gtin}/10/{lot}": "leads on to the search, which asks who it is; says nothing of the lot",
}
OTHER_ADDRESSES = {
    "/openapi.json": "describes the addresses, the same for all",
    "/static": "the files of the front end, the same for all",
}
NO_SAMPLE_NEEDED = {"line_no": "1", "gtin": "04006381333931", "lot": "X"}
"""Names in addresses that are no ids: any value that can be missing will do."""


@pytest.fixture(scope="module")
def routes(client: TestClient) -> list[ShownRoute]:
    """Every route of the application."""
    return list_routes(application_of(client))


@pytest.fixture(scope="module")
def samples(client: TestClient) -> Samples:
    """One of everything of a tenant."""
    client.cookies.clear()
    return Samples(make_maker(client))


@pytest.fixture(scope="module")
def intruder(client: TestClient) -> Samples:
    """Another tenant, with things of its own."""
    client.cookies.clear()
    return Samples(make_maker(client))


def address_of(route: ShownRoute, ids: dict[str, str]) -> str:
    address = route.path
    for name in route.names:
        address = address.replace("{" + name + "}", ids[name])
    return address


def missing_ids(route: ShownRoute) -> dict[str, str]:
    return {name: NO_SAMPLE_NEEDED.get(name, str(uuid4())) for name in route.names}


def own_ids(route: ShownRoute, samples: Samples) -> dict[str, str]:
    return {name: samples[name] for name in route.names}


def ask_as_nobody(client: TestClient, route: ShownRoute, **headers: str) -> Response:
    client.cookies.clear()
    return client.request(route.method, address_of(route, missing_ids(route)), headers=headers)


def test_every_address_is_a_route_or_named_with_the_reason(client: TestClient) -> None:
    application: FastAPI = application_of(client)

    assert other_addresses(application) == set(OTHER_ADDRESSES)
    assert set(OPEN_TO_ANYBODY) <= {str(route) for route in list_routes(application)}


def test_nobody_gets_anything_from_rest(client: TestClient, routes: list[ShownRoute]) -> None:
    answers = {str(route): ask_as_nobody(client, route) for route in routes if route.is_rest}

    assert len(answers) > 10
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 401} == {}
    assert {answer.headers["www-authenticate"] for answer in answers.values()} == {"Bearer"}


def test_nobody_sees_a_page_but_that_of_signing_in(client: TestClient, routes: list[ShownRoute]) -> None:
    pages = [route for route in routes if not route.is_rest and str(route) not in OPEN_TO_ANYBODY]

    answers = {str(route): ask_as_nobody(client, route, **PAGE) for route in pages}

    wrong = {
        name: (answer.status_code, answer.headers.get("location", ""))
        for name, answer in answers.items()
        if answer.status_code != 303 or "/sign-in" not in answer.headers.get("location", "")
    }
    assert wrong == {}


def test_a_token_that_is_not_known_gets_what_nobody_gets(client: TestClient, routes: list[ShownRoute]) -> None:
    unknown = {"authorization": f"Bearer pvp_{uuid4().hex}_{'a' * 43}"}
    rest = [route for route in routes if route.is_rest and route.is_safe]

    statuses = {str(route): ask_as_nobody(client, route, **unknown).status_code for route in rest}

    # Without a parameter it needs, an address says so first; it says nothing else.
    assert {name: status for name, status in statuses.items() if status not in {401, 422}} == {}


def test_no_browser_changes_anything_without_the_token_of_its_session(
    client: TestClient, routes: list[ShownRoute], samples: Samples
) -> None:
    unsafe = [route for route in routes if not route.is_safe and str(route) not in OPEN_TO_ANYBODY]
    ids = {str(route): own_ids(route, samples) for route in unsafe}
    sign_in(client, samples.maker.emails["administrator"])
    session = session_of(client)

    statuses: dict[str, int] = {}
    for route in unsafe:
        client.cookies.clear()
        client.cookies.set(SESSION_COOKIE, session)
        statuses[str(route)] = client.request(route.method, address_of(route, ids[str(route)])).status_code
    client.cookies.clear()

    assert {name: status for name, status in statuses.items() if status != 403} == {}


def with_ids(routes: list[ShownRoute]) -> list[ShownRoute]:
    return [route for route in routes if route.names and str(route) not in OPEN_TO_ANYBODY]


def test_every_id_and_every_body_has_a_sample(routes: list[ShownRoute]) -> None:
    names = {name for route in with_ids(routes) for name in route.names}
    payloads = {route.payload for route in with_ids(routes) if route.payload}

    assert sorted(names - set(BUILDERS)) == [], "add them to BUILDERS in tests/samples.py"
    assert sorted(payloads - set(BODIES)) == [], "add them to BODIES in tests/samples.py"


def send(route: ShownRoute, ids: dict[str, str], sender: Samples) -> Response:
    """Send a request that would do what the route does, if the ids were the sender's."""
    headers = {} if route.is_safe else {"If-Match": '"1"'}
    body = sender.body(route.payload) if route.payload else None
    return sender.maker.send(route.method, address_of(route, ids), json=body, headers=headers)


def told(answer: Response, ids: dict[str, str]) -> tuple[int, str]:
    """Return what an answer tells and where it leads, with the ids that were asked for taken out."""
    text = answer.headers.get("location", "") + answer.text
    for asked in ids.values():
        text = text.replace(asked, "ID") if len(asked) > 30 else text
    return answer.status_code, text


def test_ids_of_another_tenant_answer_as_ids_that_do_not_exist(
    routes: list[ShownRoute], samples: Samples, intruder: Samples
) -> None:
    wrong: dict[str, object] = {}
    for route in with_ids(routes):
        if not route.is_rest:
            continue
        theirs, nobodys = own_ids(route, samples), missing_ids(route)
        foreign, absent = told(send(route, theirs, intruder), theirs), told(send(route, nobodys, intruder), nobodys)
        if foreign != absent or foreign[0] != 404:
            wrong[str(route)] = (foreign, absent)

    assert wrong == {}


def test_the_samples_are_there_for_their_own_tenant(routes: list[ShownRoute], samples: Samples) -> None:
    # Otherwise the test before would compare what is missing with what is missing.
    reading = [route for route in with_ids(routes) if route.is_rest and route.method == "GET"]

    statuses = {str(route): send(route, own_ids(route, samples), samples) for route in reading}

    assert {
        name: (answer.status_code, answer.text) for name, answer in statuses.items() if answer.status_code != 200
    } == {}


@pytest.fixture(scope="module")
def browser(client: TestClient, intruder: Samples) -> Iterator[tuple[TestClient, str, str]]:
    """The intruder's browser: the client, its session and the token of its forms."""
    sign_in(client, intruder.maker.emails["administrator"])
    session = session_of(client)
    token = form_token_of(client.get("/account", headers=PAGE).text)
    yield client, session, token
    client.cookies.clear()


def test_pages_of_another_tenants_things_look_like_pages_of_nothing(
    routes: list[ShownRoute], samples: Samples, browser: tuple[TestClient, str, str]
) -> None:
    client, session, token = browser
    wrong: dict[str, object] = {}
    for route in with_ids(routes):
        if route.is_rest:
            continue
        answers: list[tuple[int, str]] = []
        for ids in (own_ids(route, samples), missing_ids(route)):
            client.cookies.clear()
            client.cookies.set(SESSION_COOKIE, session)
            form = None if route.is_safe else {"csrf_token": token}
            answers.append(told(client.request(route.method, address_of(route, ids), data=form, headers=PAGE), ids))
        # A form about nothing may lead back to its list and say so there; what is the same for
        # nothing cannot have been done.
        if answers[0] != answers[1] or answers[0][0] not in {303, 404, 422}:
            wrong[str(route)] = [status for status, _ in answers]
    client.cookies.clear()

    assert wrong == {}
