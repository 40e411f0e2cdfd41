"""The words of requests that must not be done twice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyedRequest:
    """A request that names itself, so that it can be known again.

    Attributes:
        key: The Idempotency-Key as sent; unique per organisation.
        route: Method and address with its query, such as `POST /api/trace/orders`.
        body_hash: SHA-256 of the body as sent.
    """

    key: str
    route: str
    body_hash: bytes


@dataclass(frozen=True)
class Created:
    """What a verb that creates something answers.

    Attributes:
        location: Address of the new thing, sent as `Location`.
        body: The new thing as JSON; None where it cannot be found, which answers 404.
        status: 201, or another success.
    """

    location: str
    body: bytes | None
    status: int = 201


@dataclass(frozen=True)
class StoredAnswer:
    """The answer that was given to a key, and what the request was."""

    route: str
    body_hash: bytes
    status: int
    location: str
    response: str
