"""Everything that can go wrong in a request becomes an answer here, once."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from provender.kit.db import DataError
from provender.kit.errors import InvalidInput, NotFound, Refusal
from provender.kit.http.errors import BodyUnreadable
from provender.kit.http.forms import refuse_fields
from provender.kit.sentences import tell
from provender.kit.validation import tell_fault
from provender.web.problems import refusal_answer


class MethodUnknown(Refusal):
    """The address exists, and does not know this method."""

    code = "request.method_unknown"
    status = 405


class OurFault(Refusal):
    """Something broke that should not; the details are in the log under the request id."""

    code = "server.fault"
    status = 500


log = structlog.get_logger("provender.web")


def _refusal_of_http(error: HTTPException) -> Refusal:
    if isinstance(error.__cause__, Refusal):  # raised while the framework read the body
        return error.__cause__
    if error.status_code == HTTPStatus.NOT_FOUND:
        return NotFound("There is nothing at this address.", hint="Check the address.")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return MethodUnknown("This address does not know that method.")
    return BodyUnreadable("The request could not be read.", hint="Send UTF-8 text in the documented form.")


def _refusal_of_validation(error: RequestValidationError) -> Refusal:
    faults: list[tuple[tuple[int | str, ...], str]] = []
    for entry in error.errors():
        place = cast("tuple[int | str, ...]", entry["loc"])
        if entry["type"] == "json_invalid":
            return BodyUnreadable("The body is not valid JSON.", hint="Send UTF-8 JSON.", field="body")
        faults.append(
            (place[1:] if place[:1] in {("body",), ("query",), ("path",), ("header",)} else place, tell_fault(entry))
        )
    if any(entry["loc"][:1] == ("path",) for entry in error.errors()):
        return NotFound("There is no such record.", hint="The id in the address is not one of ours.")
    return refuse_fields(faults)


async def _answer_refusal(request: Request, error: Exception) -> Response:
    return refusal_answer(request, cast("Refusal", error))


async def _answer_http(request: Request, error: Exception) -> Response:
    refused = cast("HTTPException", error)
    answer = refusal_answer(request, _refusal_of_http(refused))
    answer.headers.update({name: value for name, value in (refused.headers or {}).items() if name == "Allow"})
    return answer


async def _answer_validation(request: Request, error: Exception) -> Response:
    return refusal_answer(request, _refusal_of_validation(cast("RequestValidationError", error)))


async def _answer_text(request: Request, error: Exception) -> Response:
    del error
    return refusal_answer(request, BodyUnreadable("The text is not valid UTF-8.", hint="Send UTF-8."))


async def _answer_unstorable(request: Request, error: Exception) -> Response:
    log.warning("data_refused", request_id=request.scope.get("request_id"), kind=type(error).__name__)
    return refusal_answer(
        request, InvalidInput("A value cannot be stored as it is.", hint="Check lengths and numbers.")
    )


async def _answer_fault(request: Request, error: Exception) -> Response:
    route = getattr(request.scope.get("route"), "path", "none")
    log.error("fault", request_id=request.scope.get("request_id"), method=request.method, route=route, exc_info=error)
    request_id = request.scope.get("request_id", "")
    return refusal_answer(
        request,
        OurFault(
            "Something went wrong on our side. Nothing was saved.",
            hint=tell("Tell us this number: %(number)s.", number=request_id),
        ),
    )


def translate_errors(application: FastAPI) -> None:
    """Make the application answer every refusal and every fault in its own words."""
    application.add_exception_handler(Refusal, _answer_refusal)
    application.add_exception_handler(HTTPException, _answer_http)
    application.add_exception_handler(RequestValidationError, _answer_validation)
    application.add_exception_handler(UnicodeDecodeError, _answer_text)
    application.add_exception_handler(DataError, _answer_unstorable)
    application.add_exception_handler(Exception, _answer_fault)
