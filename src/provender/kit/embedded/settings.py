"""How the server is set up: its configuration files, and who may connect.

Defaults go into a file of their own that `postgresql.conf` includes, so that ALTER SYSTEM
still overrules them; what a caller asks for at start goes on the command line and overrules both.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from provender.kit.embedded.binaries import Binaries
from provender.kit.embedded.identity import Identity
from provender.kit.embedded.layout import PORT, SUPERUSER, replace_file

MEBIBYTE = 1024 * 1024
SMALLEST_BUFFERS_MIB = 128
LARGEST_BUFFERS_MIB = 1024
# A sixteenth: the program, its workers and the page cache share this machine.
BUFFERS_SHARE = 16
# Control groups, version 2 and 1: a container sees the machine's memory but may not use it.
MEMORY_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
INCLUDED = "provender.conf"
INCLUDE_LINE = f"include_if_exists '{INCLUDED}'"
# Before version 16 a map cannot say "any role", so those that exist are listed.
ROLES_BEFORE_16 = (SUPERUSER, "provender_owner", "provender_app", "provender_portal")
ROLE_LISTS_UNTIL = 15
MAP_NAME = "provender"


def memory_mib() -> int:
    """Return the memory that we may use: the machine's, or the container's limit if lower."""
    limits = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    for path in MEMORY_LIMITS:
        text = path.read_text().strip() if path.exists() else ""
        if text.isdecimal():
            limits.append(int(text))
    return min(limits) // MEBIBYTE


def buffers_mib(memory: int) -> int:
    """Return the size of shared_buffers for a machine with `memory` MiB."""
    return max(SMALLEST_BUFFERS_MIB, min(LARGEST_BUFFERS_MIB, memory // BUFFERS_SHARE))


def default_settings(binaries: Binaries, memory: int) -> dict[str, str]:
    """Return our settings where they differ from PostgreSQL's own.

    Durability is not touched: fsync, full_page_writes and synchronous_commit stay on.
    """
    settings = {
        "shared_buffers": f"{buffers_mib(memory)}MB",
        "effective_cache_size": f"{max(memory // 2, SMALLEST_BUFFERS_MIB)}MB",
        "max_connections": "60",
        "jit": "off",  # Our statements are short; compiling them costs more than it saves.
        "random_page_cost": "1.1",  # A solid-state disk.
        "track_io_timing": "on",
        "log_timezone": "UTC",
        "timezone": "UTC",
        "lc_messages": "C",  # Refusals are recognised by the server's own words.
        "log_line_prefix": "%m [%p] %q%u@%d ",
    }
    if has_statement_statistics(binaries):
        settings["shared_preload_libraries"] = "pg_stat_statements"
    return settings


def has_statement_statistics(binaries: Binaries) -> bool:
    """Whether these programs come with pg_stat_statements; the server fails without the file."""
    libraries = binaries.folder.parent / "lib"
    return any((folder / "pg_stat_statements.so").exists() for folder in (libraries, libraries / "postgresql"))


def write_settings(cluster: Path, binaries: Binaries, identity: Identity) -> None:
    """Bring the cluster's configuration up to date. Only files that differ are written.

    Who may connect is the kernel's word (peer): our own OS user and root, as any role.
    """
    lines = [f"{name} = '{value}'" for name, value in default_settings(binaries, memory_mib()).items()]
    header = "# Written at each start. Use ALTER SYSTEM to overrule a line."
    replace_file(cluster / INCLUDED, "\n".join([header, *lines, ""]).encode())
    main = cluster / "postgresql.conf"
    content = main.read_bytes() if main.exists() else b""
    if INCLUDE_LINE.encode() not in content.splitlines():
        replace_file(main, content + f"\n{INCLUDE_LINE}\n".encode())
    rules = [f"local {kind} all peer map={MAP_NAME}" for kind in ("all", "replication")]
    replace_file(cluster / "pg_hba.conf", "\n".join([*rules, ""]).encode())
    roles = ROLES_BEFORE_16 if binaries.version <= ROLE_LISTS_UNTIL else ("all",)
    admitted = [f'{MAP_NAME} "{user}" {role}' for user in identity.connecting_users() for role in roles]
    replace_file(cluster / "pg_ident.conf", "\n".join([*admitted, ""]).encode())


def server_arguments(cluster: Path, socket_folder: Path, settings: Mapping[str, str], port: int = PORT) -> list[str]:
    """Return the command line of `postgres`: a Unix socket for its owner only, no TCP port.

    These cannot be overruled by the caller: everything else here stands on them.
    """
    quoted = '"' + str(socket_folder).replace('"', '""') + '"'
    fixed = {
        "listen_addresses": "",
        "port": str(port),
        "unix_socket_directories": quoted,
        "unix_socket_permissions": "0700",
        "logging_collector": "off",
        "log_destination": "stderr",
    }
    options = [f"{name}={value}" for name, value in {**settings, **fixed}.items()]
    return ["-D", str(cluster), *(part for option in options for part in ("-c", option))]
