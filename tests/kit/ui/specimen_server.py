"""The specimen page behind a real address, with the policy and the answers of the web layer."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from provender.kit.ui.assets import STATIC_FOLDER, STATIC_PATH
from provender.kit.ui.pages import Pages
from tests.browser import CONTENT_SECURITY_POLICY
from tests.kit.ui.specimen import NAVIGATION, View, render_specimen

MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class SpecimenRequests(BaseHTTPRequestHandler):
    """GET shows the specimen as its query says, POST /specimen refuses, POST /saved redirects."""

    pages: Pages

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name is the library's
        """Keep the test output quiet."""

    def do_GET(self) -> None:
        """Answer a file of the build or a page."""
        address = urlsplit(self.path)
        if address.path.startswith(f"{STATIC_PATH}/"):
            file = STATIC_FOLDER / address.path.removeprefix(f"{STATIC_PATH}/")
            self._answer(200, MEDIA_TYPES[file.suffix], file.read_bytes())
        else:
            self._answer_page(200, is_clean="clean" in address.query)

    def do_POST(self) -> None:
        """Refuse the form as a room would, or accept it and lead on."""
        self.rfile.read(int(self.headers["Content-Length"]))
        if urlsplit(self.path).path == "/specimen":
            self._answer_page(422, is_clean=False)
        else:
            self.send_response(303)
            self.send_header("Location", "/specimen?clean=1&saved=1")
            self.end_headers()

    def _answer_page(self, status: int, *, is_clean: bool) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        view = View(asked.get("language", "en"), asked.get("theme", "system"), asked.get("q", ""), is_clean)
        self._answer(status, "text/html; charset=utf-8", render_specimen(self.pages, view).encode())

    def _answer(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve_specimen() -> Generator[str]:
    """Yield the address of the specimen page."""

    class Requests(SpecimenRequests):
        pages = Pages([], navigation=NAVIGATION)

    with ThreadingHTTPServer(("127.0.0.1", 0), Requests) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/specimen"
        server.shutdown()
        thread.join()
