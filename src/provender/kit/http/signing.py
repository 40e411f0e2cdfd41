"""Short signatures on what a browser or a program carries for us: form tokens and page links."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error

SIGNATURE_BYTES = 16
"""128 bits: nobody guesses one online."""


class Signer:
    """Signs bytes for one purpose at a time with the server's secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def signature(self, purpose: str, content: bytes) -> bytes:
        """Return the truncated HMAC-SHA-256 of `content` for `purpose`."""
        return hmac.digest(self._secret, purpose.encode() + b"\0" + content, hashlib.sha256)[:SIGNATURE_BYTES]

    def seal(self, purpose: str, context: bytes, content: bytes) -> str:
        """Return text that carries `content`, valid only together with `context`."""
        return urlsafe_b64encode(self.signature(purpose, context + b"\0" + content) + content).decode().rstrip("=")

    def open(self, purpose: str, context: bytes, sealed: str) -> bytes | None:
        """Return the content of `sealed`, or None when it was not made here for this context."""
        try:
            raw = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        except (Base64Error, ValueError):
            return None
        signature, content = raw[:SIGNATURE_BYTES], raw[SIGNATURE_BYTES:]
        is_ours = hmac.compare_digest(signature, self.signature(purpose, context + b"\0" + content))
        return content if is_ours else None

    def token(self, purpose: str, content: str) -> str:
        """Return the signature of `content` as text, for hidden form fields."""
        return urlsafe_b64encode(self.signature(purpose, content.encode())).decode().rstrip("=")

    def is_token(self, purpose: str, content: str, token: str) -> bool:
        """Whether `token` was made by `token` for the same purpose and content."""
        return hmac.compare_digest(self.token(purpose, content).encode(), token.encode())
