"""What every answer has, and what none gives away."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from provender.kit.ui.assets import STATIC_FOLDER, read_manifest
from provender.web.application import create_application, guarded
from tests.maker import PASSWORD, Maker

PAGE = {"Accept": "text/html"}
SECRET = "column secret_sauce does not exist"


@pytest.fixture
def failing(database_url: str) -> Iterator[TestClient]:
    """The application with an address whose handler breaks."""
    application = create_application(database_url)

    @application.get("/api/broken")
    @application.get("/broken")
    async def break_down() -> None:
        raise RuntimeError(SECRET)

    with TestClient(guarded(application), raise_server_exceptions=True) as running:
        yield running


def assert_is_safe(answer: Response) -> None:
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert len(answer.headers["x-request-id"]) == 36
    assert "server" not in answer.headers


def test_every_kind_of_answer_is_safe(maker: Maker, failing: TestClient) -> None:
    stylesheet = read_manifest()["app.css"]
    answers = [
        maker.get("/api/trace/farms"),
        maker.get("/api/trace/nothing"),
        maker.client.get("/api/trace/farms"),
        maker.client.get("/sign-in", headers=PAGE),
        maker.client.get("/nothing", headers=PAGE),
        maker.client.get("/trace/farms", headers=PAGE),
        maker.client.get(stylesheet),
        maker.client.get("/static/nothing.css"),
        maker.send("OPTIONS", "/api/trace/farms"),
        maker.send("TRACE", "/api/trace/farms"),
        maker.post("/api/trace/farms", content=b"x" * 3_000_000),
        maker.get("/api/trace/farms?name=%ff"),
        failing.get("/api/broken"),
        failing.get("/broken", headers=PAGE),
    ]

    assert [answer.status_code for answer in answers] == [
        200, 404, 401, 200, 404, 303, 200, 404, 204, 405, 413, 400, 500, 500
    ]  # fmt: skip
    for answer in answers:
        assert_is_safe(answer)


def test_a_fault_tells_its_number_and_nothing_of_the_inside(failing: TestClient) -> None:
    problem = failing.get("/api/broken")
    page = failing.get("/broken", headers=PAGE)

    assert problem.json()["code"] == "server.fault"
    assert problem.headers["x-request-id"] in problem.json()["hint"]
    assert page.headers["x-request-id"] in page.text
    for answer in (problem, page):
        assert "secret_sauce" not in answer.text
        assert "Traceback" not in answer.text


def test_an_unknown_address_is_a_problem_for_programs_and_a_page_for_people(maker: Maker) -> None:
    assert maker.get("/api/nothing", headers=PAGE).headers["content-type"] == "application/problem+json"
    assert maker.get("/nothing", headers={"Accept": "application/json"}).json()["code"] == "not_found"
    assert maker.client.get("/nothing", headers=PAGE).headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("language", ["de", "en", "ja"])
def test_a_refusal_is_a_page_in_the_language_of_the_reader(maker: Maker, language: str) -> None:
    page = maker.client.get("/nothing", headers={**PAGE, "Accept-Language": language})
    english = maker.client.get("/nothing", headers={**PAGE, "Accept-Language": "en"})

    assert page.status_code == 404
    assert f'lang="{language}"' in page.text
    assert ("There is nothing at this address." in page.text) == (language == "en")
    assert english.status_code == 404


def test_a_part_of_a_page_whose_session_ended_leads_the_whole_page_to_the_sign_in(maker: Maker) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/trace/farms?name=a", "Accept": "*/*"}

    answer = maker.client.get("/trace/farms?name=b", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in?then=%2Ftrace%2Ffarms%3Fname%3Da"


def test_no_redirect_believes_the_host_that_a_request_names(maker: Maker) -> None:
    evil = {**PAGE, "Host": "evil.example", "X-Forwarded-Host": "evil.example"}

    places = [
        maker.client.get(address, headers=evil).headers.get("location", "")
        for address in ("/trace/farms", "/trace/farms/", "/trace/farms/?name=a", "/static", "//evil.example/", "/")
    ]

    assert places[:3] == ["/sign-in?then=%2Ftrace%2Ffarms", "/trace/farms", "/trace/farms?name=a"]
    assert [place for place in places if "evil" in place] == []


@pytest.mark.parametrize(
    "then", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "\t//evil.example"]
)
def test_signing_in_leads_nowhere_else(maker: Maker, then: str) -> None:
    form = {"email": maker.emails["staff"], "password": PASSWORD, "then": then}

    answer = maker.client.post("/sign-in", data=form, headers=PAGE)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_other_sites(maker: Maker) -> None:
    form = {"email": maker.emails["staff"], "password": PASSWORD, "then": "/"}

    plain = maker.client.post("/sign-in", data=form, headers=PAGE).headers["set-cookie"].lower()

    assert "httponly" in plain
    assert "samesite=lax" in plain
    assert "path=/" in plain


@pytest.mark.parametrize(
    "address",
    [
        "/static/../pages.py",
        "/static/%2e%2e/%2e%2e/pages.py",
        "/static/..%2f..%2fpages.py",
        "/static/%2fetc%2fpasswd",
        "/static/....//....//etc/passwd",
        "/static/",
        "/static/chunk",
        "/static/" + "a" * 5000,
    ],
)
def test_static_addresses_lead_to_browser_files_only(maker: Maker, address: str) -> None:
    assert maker.client.get(address).status_code == 404


def test_browser_files_are_kept_for_good_and_their_list_is_not(maker: Maker) -> None:
    hashed = maker.client.get(read_manifest()["app.js"])
    chunk = next((STATIC_FOLDER / "chunk").iterdir()).name

    assert hashed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "immutable" in maker.client.get(f"/static/chunk/{chunk}").headers["cache-control"]
    assert maker.client.get("/static/manifest.json").headers["cache-control"] == "no-cache"
    again = maker.client.get(read_manifest()["app.js"], headers={"If-None-Match": hashed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def raw(client: TestClient, address: str, **headers: str) -> tuple[Response, bytes]:
    """Return an answer and its body as it came."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.stream("GET", address, headers={"Accept-Encoding": "identity", **named}) as answer:
        return answer, b"".join(answer.iter_raw())


def test_files_and_own_pages_are_compressed_for_whoever_asks(maker: Maker) -> None:
    script = read_manifest()["app.js"]
    content = (STATIC_FOLDER / Path(script).name).read_bytes()

    plain, plain_body = raw(maker.client, script)
    packed, packed_body = raw(maker.client, script, Accept_Encoding="br, gzip;q=0.8")
    refused, refused_body = raw(maker.client, script, Accept_Encoding="gzip;q=0, br")
    page, page_body = raw(maker.client, "/sign-in", Accept_Encoding="gzip", Sec_Fetch_Site="none", Accept="text/html")

    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in refused.headers
    assert plain_body == refused_body == content
    assert packed.headers["content-encoding"] == page.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"].startswith("W/")
    assert "content-length" not in packed.headers
    assert gzip.decompress(packed_body) == content
    assert len(packed_body) < len(content) / 2
    assert b"</html>" in gzip.decompress(page_body)


def test_a_page_that_another_site_asked_for_is_not_compressed(maker: Maker) -> None:
    for site in ("cross-site", "same-site", ""):
        answer, body = raw(maker.client, "/sign-in", Accept_Encoding="gzip", Sec_Fetch_Site=site, Accept="text/html")

        assert "content-encoding" not in answer.headers
        assert b"</html>" in body


def test_json_passes_uncompressed(maker: Maker) -> None:
    answer, _ = raw(maker.client, "/openapi.json", Accept_Encoding="gzip", Sec_Fetch_Site="none")

    assert "content-encoding" not in answer.headers
