"""A repeated POST is done once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from httpx2 import Response

from provender.core.requests.actions import perform_once
from provender.core.requests.errors import KeyReused
from provender.core.requests.model import Created, KeyedRequest, StoredAnswer
from provender.core.requests.public import next_number
from provender.kit.db import Statement, Work
from provender.kit.errors import NotFound
from tests.maker import Maker

FARMS = "/api/trace/farms"
FARM = {"name": "Finca Elvesia", "country": "DO"}


def add(maker: Maker, key: str, farm: dict[str, str] = FARM) -> Response:
    return maker.post(FARMS, farm, headers={"Idempotency-Key": key})


async def create(_: Work) -> Created:
    return Created("/somewhere", b"{}")


def names(maker: Maker) -> list[str]:
    return [farm["name"] for farm in maker.get(FARMS).json()["items"]]


def keys_of(maker: Maker) -> object:
    select_keys = Statement(b"SELECT array_agg(idempotency_key ORDER BY idempotency_key) FROM core.idempotent_request")
    row = maker.run(lambda work: work.fetch_row(select_keys, {}))
    return row and row[0]


def test_a_repeated_request_gets_the_first_answer_and_does_nothing(maker: Maker) -> None:
    first = add(maker, "a")

    second = add(maker, "a")

    assert (first.status_code, second.status_code) == (201, 201), first.text
    assert second.json() == first.json()
    assert second.headers["location"] == first.headers["location"]
    assert second.headers["idempotent-replay"] == "true"
    assert "idempotent-replay" not in first.headers
    assert names(maker) == ["Finca Elvesia"]


def test_a_key_with_another_body_is_refused_and_nothing_is_done(maker: Maker) -> None:
    add(maker, "a")

    refused = add(maker, "a", {"name": "Another", "country": "DO"})

    assert refused.status_code == 422
    assert refused.json()["code"] == "request.key_reused"
    assert refused.json()["errors"][0]["field"] == "Idempotency-Key"
    assert names(maker) == ["Finca Elvesia"]


def test_a_key_with_another_address_is_refused(maker: Maker) -> None:
    def perform(route: str) -> Created | StoredAnswer:
        return maker.run(lambda work: perform_once(work, KeyedRequest("a", route, bytes(32)), create))

    assert isinstance(perform("POST /one"), Created)
    assert isinstance(perform("POST /one"), StoredAnswer)
    with pytest.raises(KeyReused):
        perform("POST /other")


def test_without_a_key_every_request_is_done(maker: Maker) -> None:
    assert maker.post(FARMS, FARM).status_code == 201

    assert maker.post(FARMS, FARM).json()["code"] == "farm.name_taken"


def test_a_refused_request_leaves_its_key_free(maker: Maker) -> None:
    blocking = maker.post(FARMS, FARM).headers["location"]
    assert add(maker, "a").status_code == 409

    maker.delete(blocking)

    assert add(maker, "a").status_code == 201


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_that_is_empty_or_too_long_is_refused_by_name(maker: Maker, key: str) -> None:
    refused = add(maker, key)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "Idempotency-Key"


def test_tenants_do_not_share_keys(maker: Maker, other_maker: Maker) -> None:
    add(maker, "a")

    other = add(other_maker, "a")

    assert other.status_code == 201
    assert "idempotent-replay" not in other.headers


def test_of_concurrent_twins_one_runs_and_the_others_get_its_answer(maker: Maker) -> None:
    start = threading.Barrier(8)

    def send(_: int) -> Response:
        start.wait()
        return maker.client.post(FARMS, json=FARM, headers={**maker.headers, "Idempotency-Key": "a"})

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))

    assert {answer.status_code for answer in answers} == {201}, [answer.text for answer in answers]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotent-replay" not in answer.headers for answer in answers) == 1
    assert names(maker) == ["Finca Elvesia"]


def test_a_twin_of_a_request_that_fails_runs_itself(maker: Maker) -> None:
    is_under_way = threading.Event()
    keyed = KeyedRequest("a", "POST /one", bytes(32))

    async def fail_slowly(work: Work) -> Created:
        is_under_way.set()
        await work.execute(b"SELECT pg_sleep(0.3)", {})
        raise NotFound("It is gone.")

    def fail() -> None:
        with pytest.raises(NotFound):
            maker.run(lambda work: perform_once(work, keyed, fail_slowly))

    with ThreadPoolExecutor(1) as thread:
        failing = thread.submit(fail)
        assert is_under_way.wait(5)
        answer = maker.run(lambda work: perform_once(work, keyed, create))
        failing.result()

    assert isinstance(answer, Created)


def test_keys_older_than_a_week_are_forgotten_on_the_way(maker: Maker) -> None:
    keep_old = Statement(
        b"INSERT INTO core.idempotent_request (organisation_id, idempotency_key, route, body_hash, created_at)"
        b" VALUES (%(organisation_id)s, 'old', 'POST /', decode(repeat('00', 32), 'hex'), now() - interval '8 days')"
    )
    tenant = {"organisation_id": maker.organisation_id}
    maker.run(lambda work: work.execute(keep_old, tenant))
    add(maker, "young")

    add(maker, "new", {"name": "Another", "country": "DO"})

    assert keys_of(maker) == ["new", "young"]


def test_the_key_is_documented(maker: Maker) -> None:
    document = maker.get("/openapi.json").json()

    parameters = document["paths"][FARMS]["post"]["parameters"]

    assert [found["name"] for found in parameters if found["in"] == "header"] == ["Idempotency-Key"]


def test_numbers_go_up_by_one_in_each_series_of_each_tenant(maker: Maker, other_maker: Maker) -> None:
    def ask(series: str, of: Maker = maker) -> str:
        return of.run(lambda work: next_number(work, series))

    assert [ask("SO"), ask("SO"), ask("RC"), ask("SO", other_maker)] == ["SO-1001", "SO-1002", "RC-1001", "SO-1001"]
