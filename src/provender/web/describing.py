"""The OpenAPI document: what FastAPI reads off the routes, and what holds for all of them.

Every endpoint refuses with the same problem, asks for the same token and exports the same kinds of
file; rooms would only repeat that. What belongs here: completing the document. What a room alone
knows (payloads, answers, parameters) stands in its routes.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final, cast

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
CSV: Final = {"text/csv": {"schema": {"type": "string"}}}
ALWAYS: Final = (400, 401, 403, 422, 429, 500, 503)
"""What any request may meet: unreadable, nobody, not this role, these values, too often, our fault, busy."""
OF_CHANGES: Final = (408, 409, 413, 415)
OF_VERSIONS: Final = (412, 428)
METHODS: Final = {"get", "post", "put", "patch", "delete"}
TOKEN: Final = {
    "type": "http",
    "scheme": "bearer",
    "description": "An access token, made at /account or by `provender admin token`.",
}

Json = dict[str, Any]


class FieldFault(BaseModel):
    """One field at fault."""

    model_config = ConfigDict(extra="forbid")

    field: str = Field(description="As the caller wrote it; inside lists with its place, such as `lines.0.quantity`.")
    detail: str


class Problem(BaseModel):
    """Why a request was refused (RFC 9457). Nothing was changed."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="Where the code is explained.")
    title: str = Field(description="The words of the status.")
    status: int
    detail: str = Field(description="One sentence for the person who asked.")
    instance: str = Field(description="The path of the request.")
    code: str = Field(description="Stable; listed in docs/reference/errors.md.")
    hint: str | None = Field(description="The way out, when there is one.")
    errors: list[FieldFault] = Field(description="Each field at fault.")


class DescribedApplication(FastAPI):
    """FastAPI with a complete document."""

    def openapi(self) -> Json:
        """Return the document; it is made once."""
        if self.openapi_schema is None:
            self.openapi_schema = complete(super().openapi())
        return self.openapi_schema


def complete(document: Json) -> Json:
    """Add to a document what all endpoints have in common: problems, the token, files."""
    components = cast("Json", document.setdefault("components", {}))
    schemas = cast("Json", components.setdefault("schemas", {}))
    for model in (FieldFault, Problem):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schema.pop("$defs", None)
        schemas[model.__name__] = schema
    for replaced in ("HTTPValidationError", "ValidationError"):
        schemas.pop(replaced, None)
    components["securitySchemes"] = {"token": TOKEN}
    document["security"] = [{"token": []}]
    for path, method, operation in operations_of(document):
        describe_files(path, operation)
        describe_problems(path, method, operation)
    return document


def operations_of(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Yield path, method and description of every operation."""
    for path, item in cast("dict[str, Json]", document.get("paths", {})).items():
        for method, operation in item.items():
            if method in METHODS:
                yield path, method, cast("Json", operation)


def describe_files(path: str, operation: Json) -> None:
    """Say that exports answer CSV, unless a route says more, and that imports take it."""
    answer = cast("Json", operation["responses"].get("200", {}))
    if path.endswith("/export") and not answer.get("content"):
        answer["content"] = CSV
    if path.endswith("/import"):
        operation["requestBody"] = {"required": True, "content": CSV}


def describe_problems(path: str, method: str, operation: Json) -> None:
    """Add the refusals that an operation may answer with, and say of those it names that they are problems."""
    names = {cast("str", parameter["name"]) for parameter in operation.get("parameters", [])}
    statuses: set[int] = set(ALWAYS)
    if "{" in path:
        statuses.add(404)
    if method != "get":
        statuses.update(OF_CHANGES)
    if "If-Match" in names:
        statuses.update(OF_VERSIONS)
    responses = cast("Json", operation["responses"])
    statuses.update(int(status) for status in responses if int(status) >= HTTPStatus.BAD_REQUEST)
    for status in sorted(statuses):
        responses[str(status)] = {"description": HTTPStatus(status).phrase, "content": PROBLEM}
