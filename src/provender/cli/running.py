"""`provender run`: the database, the demo when wished, and the web, in the foreground."""

from __future__ import annotations

import errno
import socket
from contextlib import nullcontext
from typing import Annotated

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from provender.cli.database import opened_database
from provender.cli.demo import DemoSize, list_logins, load_demo
from provender.cli.keeping import kept_running
from provender.cli.options import Data, tell
from provender.core.demo.public import DemoLogin
from provender.kit.config import read_log_level, read_settings, share_database_url
from provender.kit.errors import Refusal
from provender.web.logging import set_up_logging

LOOPBACK = "127.0.0.1"
BACKLOG = 2048
"""Connections that may wait while the first worker starts; whoever reads the address may use it at once."""


class PortTaken(Refusal):
    """Another program listens at the port."""

    code = "run.port_taken"
    status = 500


class PortUnusable(Refusal):
    """The operating system does not let this program listen there."""

    code = "run.port_unusable"
    status = 500


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(
                f"Port {port} is taken by another program.", hint="Choose another with --port (or PORT=8001 make run)."
            ) from error
        raise PortUnusable(
            f"Cannot listen at {host} port {port}: {error.strerror}.", hint="Choose another port."
        ) from error
    listener.set_inheritable(True)
    return listener


def _announce(address: str, logins: list[DemoLogin]) -> None:
    tell(f"\nProvender is at {address}")
    for login in logins:
        tell(f"  {login.role:<14} {login.email:<26} {login.password}")
    tell("Stop it with Ctrl+C.\n")


def run(
    data: Data = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the web; 0 takes a free one.")] = 8000,
    *,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = LOOPBACK,
    demo: Annotated[DemoSize | None, typer.Option(help="Load the demo first, unless it is there.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Web processes.")] = 1,
) -> None:
    """Start everything and stay in the foreground; Ctrl+C stops it cleanly."""
    set_up_logging(read_log_level())
    settings = read_settings(data_folder=data)
    listener = _listen(host, port)
    with opened_database(settings, tell) as database:
        if demo is not None:
            load_demo(database, demo, tell)
        share_database_url(database.url)
        config = uvicorn.Config(
            "provender.web.serving:make_served_application",
            factory=True,
            workers=workers,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=10,
        )
        shown_host = f"[{host}]" if ":" in host else host
        listener.listen(BACKLOG)
        _announce(f"http://{shown_host}:{listener.getsockname()[1]}", list_logins(database))
        with kept_running(settings.data_folder) if database.is_embedded else nullcontext():
            _serve(config, listener)


def _serve(config: uvicorn.Config, listener: socket.socket) -> None:
    """Answer until a signal comes; then finish what was begun, for ten seconds at most."""
    if config.workers > 1:
        Multiprocess(config, sockets=[listener]).run()
    else:
        uvicorn.Server(config).run(sockets=[listener])
