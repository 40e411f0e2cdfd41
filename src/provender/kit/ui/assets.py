"""Where the built browser files lie and under which address they are served.

The build (frontend/build.mjs) writes hashed files and `manifest.json`; nothing here builds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

STATIC_PATH = "/static"
"""The address under which the web application mounts `STATIC_FOLDER`."""

STATIC_FOLDER = Path(__file__).parent / "static" / "dist"
"""The built files. Every name but manifest.json holds a hash: serve them as immutable."""


class AssetsMissing(RuntimeError):
    """The browser files have not been built; a fault of the installation, not of a request."""


def read_manifest(folder: Path = STATIC_FOLDER) -> Mapping[str, str]:
    """Return the address of each entry: 'app.js' and 'app.css' to the hashed file.

    Raises:
        AssetsMissing: There is no manifest, so the build has not run.
    """
    path = folder / "manifest.json"
    if not path.exists():
        sentence = f"{path} is missing: run `make environment`, or `node build.mjs` in frontend/."
        raise AssetsMissing(sentence)
    files = cast("dict[str, str]", json.loads(path.read_text()))
    return {name: f"{STATIC_PATH}/{file}" for name, file in files.items()}
