"""Whatever is sent: an answer that says what is wrong, nothing half-written, and a server that goes on."""

from __future__ import annotations

import pytest
from httpx2 import Response

from tests.maker import Maker

FARM = b'{"name": "Finca", "country": "PE"}'


def post(maker: Maker, content: bytes, content_type: str = "application/json") -> Response:
    return maker.send("POST", "/api/trace/farms", content=content, headers={"Content-Type": content_type})


def farm_count(maker: Maker) -> int:
    return len(maker.get("/api/trace/farms").json()["items"])


def test_ten_megabytes_are_refused_and_the_next_request_is_answered(maker: Maker) -> None:
    refused = post(maker, b" " * 10_000_000)

    assert (refused.status_code, refused.json()["code"]) == (413, "request.body_too_large")
    assert refused.headers["content-type"] == "application/problem+json"
    assert post(maker, FARM).status_code == 201


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"name": "\xff\xfe", "country": "PE"}', "The body is not valid UTF-8."),
        ('{"name": "Finca", "country": "PE"}'.encode("utf-16"), "The body is not valid UTF-8."),
        (b'{"name": "Finca", "country":', "The body is not valid JSON."),
        (b'{"name": "A", "name": "B", "country": "PE"}', "The body names name twice."),
        (b'{"name": "Finca", "country": NaN}', "NaN is not a number in JSON."),
        (b"[" * 100_000, "The body is nested too deeply."),
    ],
    ids=["utf-8", "utf-16", "broken", "twice", "nan", "deep"],
)
def test_a_body_that_cannot_be_read_in_one_way_only_is_refused(maker: Maker, content: bytes, sentence: str) -> None:
    refused = post(maker, content)

    assert (refused.status_code, refused.json()["code"]) == (400, "request.body_unreadable")
    assert refused.json()["detail"] == sentence
    assert farm_count(maker) == 0


@pytest.mark.parametrize("content", [b"[]", b"7", b'"text"', b"null", b""])
def test_json_of_another_shape_names_what_is_missing(maker: Maker, content: bytes) -> None:
    refused = post(maker, content)

    assert (refused.status_code, refused.json()["code"]) == (422, "input.invalid")
    assert refused.json()["errors"]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", ""]
)
def test_a_body_of_another_kind_is_refused(maker: Maker, content_type: str) -> None:
    refused = post(maker, FARM, content_type)

    assert (refused.status_code, refused.json()["code"]) == (415, "request.body_type_wrong")


def test_json_may_say_its_charset_and_its_dialect(maker: Maker) -> None:
    assert post(maker, FARM, "application/json; charset=utf-8").status_code == 201
    assert post(maker, FARM.replace(b"Finca", b"Quinta"), "application/vnd.example+json").status_code == 201


@pytest.mark.parametrize(
    "address", ["/api/trace/farms/%ff", "/api/trace/farms?name=%ff", "/api/trace/farms?name=%00", "/trace/%c3%28"]
)
def test_an_address_that_is_not_utf_8_is_refused(maker: Maker, address: str) -> None:
    refused = maker.get(address)

    assert (refused.status_code, refused.json()["code"]) == (400, "request.body_unreadable")


def test_a_form_that_is_not_utf_8_is_refused(maker: Maker) -> None:
    refused = maker.client.post(
        "/sign-in",
        content=b"email=%ff%fe&password=x",
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
    )

    assert (refused.status_code, refused.json()["code"]) == (400, "request.body_unreadable")


def test_a_character_that_no_text_holds_is_refused(maker: Maker) -> None:
    refused = post(maker, b'{"name": "a\\u0000b", "country": "PE"}')

    assert (refused.status_code, refused.json()["code"]) == (422, "input.invalid")


def test_a_parameter_that_is_not_known_is_refused_with_those_that_are(maker: Maker) -> None:
    refused = maker.get("/api/trace/farms?colour=red")

    assert (refused.status_code, refused.json()["code"]) == (400, "request.unknown_parameter")
    assert refused.json()["hint"] == "Known parameters: archived, cursor, limit, name."


def test_a_method_in_a_header_is_not_the_method(maker: Maker) -> None:
    headers = {"X-HTTP-Method-Override": "DELETE", "X-HTTP-Method": "DELETE", "X-Method-Override": "DELETE"}
    created = post(maker, FARM).headers["location"]

    assert maker.get(created, headers=headers).status_code == 200
    assert maker.get(created + "?_method=DELETE").status_code == 400
    assert maker.get(created).status_code == 200


@pytest.mark.parametrize("address", ["/api/trace/farms", "/healthz", "/openapi.json", "/sign-in"])
def test_what_can_be_read_can_be_asked_about(maker: Maker, address: str) -> None:
    whole, head = maker.get(address), maker.send("HEAD", address)

    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


def test_an_address_says_which_methods_it_knows(maker: Maker) -> None:
    answer = maker.send("OPTIONS", "/api/trace/farms")
    refused = maker.send("TRACE", "/api/trace/farms")

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert "access-control-allow-origin" not in answer.headers
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")
