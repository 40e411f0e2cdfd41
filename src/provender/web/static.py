"""The files of the browser: their names hold a hash, so that they are kept for good."""

from __future__ import annotations

import os
import re
from typing import Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

HASHED: Final = re.compile(r"-[0-9A-Z]{8}\.\w+$")
FOR_GOOD: Final = "public, max-age=31536000, immutable"


class HashedFiles(StaticFiles):
    """Static files that a browser asks for once."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer a file, to be kept for a year when its name changes with its content."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        is_hashed = HASHED.search(os.fspath(full_path)) is not None
        answer.headers["Cache-Control"] = FOR_GOOD if is_hashed else "no-cache"
        return answer
