"""The OpenAPI document is kept: proper requests and nonsense alike are answered as it says."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any, TypeAlias

import pytest
import schemathesis
from httpx2 import Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi import checks as openapi_checks
from starlette.testclient import TestClient

from provender.web.application import create_application
from tests.maker import Maker, make_maker
from tests.samples import BODIES, BUILDERS, Samples

pytestmark = pytest.mark.slow

Operation: TypeAlias = Any
"""schemathesis.APIOperation, whose type parameters its authors leave open."""
Case: TypeAlias = Any
"""schemathesis.Case, likewise."""
DOCUMENT = create_application("postgresql://nobody@nowhere/nothing").openapi()
EVERYWHERE: Any = checks
OF_THE_DOCUMENT: Any = openapi_checks
CHECKS: list[Any] = [
    EVERYWHERE.not_a_server_error,
    OF_THE_DOCUMENT.status_code_conformance,
    OF_THE_DOCUMENT.content_type_conformance,
    OF_THE_DOCUMENT.response_headers_conformance,
    OF_THE_DOCUMENT.response_schema_conformance,
]
TOLD = ("400", "401", "403", "404", "408", "409", "412", "413", "415", "422", "428", "429", "500", "503")
EXAMPLES = 12
"""Requests per operation and kind; the document has about 150 operations."""
SENT = {"method", "url", "headers", "params", "json", "data"}
NEEDED = {"/api/trace/suspects": {"batch": "batch_id"}, "/api/trace/reach": {"batch": "batch_id"}}
"""What some addresses must be asked for, and the sample that does."""


def operations() -> list[Operation]:
    """Return every operation of the document."""
    checks.load_all_checks()
    document: Any = schemathesis.openapi.from_dict(DOCUMENT)
    return [found.ok() for found in document.get_all_operations()]


OPERATIONS = operations()


@pytest.fixture(scope="module")
def samples(client: TestClient) -> Samples:
    """One of everything, made before any test can put a hold on it or use it up."""
    client.cookies.clear()
    made = Samples(make_maker(client))
    assert all(made[name] for name in BUILDERS)
    return made


def send(case: Case, maker: Maker) -> Response:
    """Send a generated request as the administrator."""
    written: Mapping[str, Any] = case.as_transport_kwargs(base_url="http://testserver")
    request = {name: value for name, value in written.items() if name in SENT}
    headers = {**request.pop("headers"), **maker.headers}
    content = request.pop("data", None)
    maker.client.cookies.clear()
    with warnings.catch_warnings(action="ignore"):  # the client has opinions about odd bodies
        return maker.client.request(**request, headers=headers, content=content)


def payload_of(operation: Operation) -> str:
    """Return the name of the payload that an operation takes, or nothing."""
    content = operation.definition.raw.get("requestBody", {}).get("content", {})
    return str(content.get("application/json", {}).get("schema", {}).get("$ref", "")).rpartition("/")[2]


def proper_case(operation: Operation, samples: Samples) -> Case:
    """Return a request that a caller who has read the documents would send."""
    names = [str(parameter.name) for parameter in operation.path_parameters]
    payload = payload_of(operation)
    more: dict[str, Any] = {"body": samples.body(payload), "media_type": "application/json"} if payload else {}
    if operation.path.endswith("/import"):
        more = {"body": "name\n", "media_type": "text/csv"}
    query = {name: samples[sample] for name, sample in NEEDED.get(operation.path, {}).items()}
    path_parameters = {name: samples[name] for name in names}
    return operation.Case(path_parameters=path_parameters, query=query, headers={"If-Match": '"1"'}, **more)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_a_proper_request_is_answered_as_documented(operation: Operation, samples: Samples, maker: Maker) -> None:
    asker = samples if operation.method == "get" else Samples(maker)
    case = proper_case(operation, asker)

    answer = send(case, asker.maker)

    case.validate_response(answer, checks=CHECKS)
    assert operation.method != "get" or answer.status_code == 200, answer.text


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_whatever_is_sent_is_answered_as_documented(
    operation: Operation, mode: GenerationMode, samples: Samples
) -> None:
    names = [str(parameter.name) for parameter in operation.path_parameters]
    known = {name: samples[name] for name in names} if operation.method in {"get", "post"} else {}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(case=operation.as_strategy(generation_mode=mode), is_known=st.booleans())
    def holds(case: Case, *, is_known: bool) -> None:
        if is_known:
            case.path_parameters.update(known)
        case.validate_response(send(case, samples.maker), checks=CHECKS)

    holds()


def test_the_document_names_every_refusal_as_a_problem() -> None:
    described = [
        (path, method, status, answer)
        for path, operations in DOCUMENT["paths"].items()
        for method, operation in operations.items()
        for status, answer in operation["responses"].items()
        if int(status) >= 400
    ]

    assert {tuple(answer["content"]) for *_, answer in described} == {("application/problem+json",)}
    assert {status for _, _, status, _ in described} >= set(TOLD)
    assert set(BODIES) >= {payload_of(operation) for operation in OPERATIONS} - {""}
