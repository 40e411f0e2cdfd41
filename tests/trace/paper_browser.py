"""A browser without a screen: it keeps its session while the same test also calls REST."""

from __future__ import annotations

from httpx2 import Response

from tests.core.accounts.browser_session import PAGE, form_token_of, sign_in
from tests.maker import Maker


class PaperBrowser:
    """A signed-in person; forms carry the token of the page they stand on."""

    def __init__(self, maker: Maker, role: str = "manager") -> None:
        self._client = maker.client
        assert sign_in(maker.client, maker.emails[role]).status_code == 303
        self._cookies = dict(maker.client.cookies)

    def get(self, address: str) -> Response:
        self._present()
        return self._keep(self._client.get(address, headers=PAGE))

    def submit(self, page: str, action: str, /, **fields: object) -> Response:
        """Open a page and send a form that stands on it."""
        token = form_token_of(self.get(page).text)
        self._present()
        data = {name: str(value) for name, value in {"csrf_token": token, **fields}.items()}
        return self._keep(self._client.post(action, data=data, headers=PAGE))

    def _present(self) -> None:
        self._client.cookies.clear()
        for name, value in self._cookies.items():
            self._client.cookies.set(name, value)

    def _keep(self, answer: Response) -> Response:
        self._cookies |= {cookie.name: cookie.value or "" for cookie in self._client.cookies.jar}
        return answer
