"""Turning a template and its context into a page for one request.

The web application builds one `Pages`; rooms call `render`. What a page shows is decided by the
room, who is signed in and in which language by the web layer, which leaves it in `request.state`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Protocol, cast
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse

from provender.kit.sentences import Sentence
from provender.kit.ui import formatting
from provender.kit.ui.assets import read_manifest
from provender.kit.ui.form import Form
from provender.kit.ui.formatting import LANGUAGES, Presentation
from provender.kit.ui.icons import draw_icon
from provender.kit.ui.translations import Catalogs

_HERE = Path(__file__).parent
THEMES = ("system", "light", "dark")

_NOBODY = Presentation()
# The reader of the page being rendered. Rendering never awaits, so one render cannot see the
# reader of another; a variable instead of the context because imported macros see no context.
_reader: ContextVar[Presentation] = ContextVar("reader", default=_NOBODY)


class Viewer(Protocol):
    """The person signed in, as the web layer puts it into `request.state.viewer`."""

    @property
    def full_name(self) -> str:
        """Shown in the corner of every page."""
        ...

    @property
    def organisation_name(self) -> str:
        """Whose things the pages show."""
        ...

    @property
    def role(self) -> str:
        """Decides which entries of the navigation are shown: administrator, manager or staff."""
        ...


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the main navigation.

    Attributes:
        label: English message; translated where it is shown.
        href: Address; the entry is current on every page below it.
        icon: Name of an icon in `icons`.
        key: Letter that opens it after `g`, or empty.
        group: English heading above the entry and its neighbours of the same group, or empty.
        roles: Who sees it; empty means everybody who is signed in.
    """

    label: str
    href: str
    icon: str
    key: str = ""
    group: str = ""
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Toast:
    """What just happened, shown once; `request.state.toast` brings it after a redirect.

    Attributes:
        sentence: Translated, for a person: Batch B-104 is on hold.
        undo_action: Address to which Undo posts, or empty when it cannot be undone.
        undo_fields: Hidden fields that Undo sends along.
    """

    sentence: str
    undo_action: str = ""
    undo_fields: tuple[tuple[str, str], ...] = ()


class Pages:
    """All templates of the program, with everything the shared macros need."""

    def __init__(
        self,
        template_folders: Sequence[Path],
        *,
        navigation: Sequence[NavigationItem],
        locale_folders: Sequence[Path] = (),
    ) -> None:
        """Load the catalogs and the manifest.

        Args:
            template_folders: Folders that hold `<room>/*.html`; kit's own are always there.
            navigation: Entries in the order in which they are shown.
            locale_folders: Folders of catalogs of the domains; kit's own is always there.

        Raises:
            AssetsMissing: The browser files have not been built.
        """
        self._navigation = tuple(navigation)
        self._catalogs = Catalogs([_HERE / "locales", *locale_folders])
        self._environment = self._build_environment([_HERE / "templates", *template_folders])

    def render(
        self,
        request: Request,
        template: str,
        context: Mapping[str, object],
        *,
        status: int = 200,
    ) -> HTMLResponse:
        """Return a page in the language and zone of the reader.

        `request.state` may hold language, zone, theme, viewer, csrf_token and toast; what is
        missing has a quiet default. The context wins over nothing of these names.
        """
        reader = _reader_of(request)
        shell = self._describe_shell(request, reader)
        with _reading(reader):
            html = self._environment.get_template(template).render({**context, **shell})
        return HTMLResponse(html, status_code=status, headers={"Vary": "HX-Request, Cookie"})

    def translate(self, request: Request, message: str) -> str:
        """Return a message in the reader's language, for words that are made outside templates.

        A Sentence is said with its values, written as the reader writes them.
        """
        return self._say(message, _reader_of(request))

    def _say(self, message: str, reader: Presentation) -> str:
        if not isinstance(message, Sentence):
            return self._catalogs.translate(reader.language, message)
        said = self._catalogs.translate(reader.language, message.message)
        if not message.values:
            return str(message) if said == message.message else said
        return said % {name: self._write(value, reader) for name, value in message.values.items()}

    def _make_said(self) -> Callable[..., str]:
        """Return the filter that says a sentence of Python code, such as a refusal's, in the reader's language."""

        @pass_context
        def said(_: Context, sentence: str) -> str:
            return self._say(sentence, _reader.get())

        return said

    def _write(self, value: object, reader: Presentation) -> str:
        if isinstance(value, Sentence):
            return self._say(value, reader)
        if isinstance(value, int | Decimal):
            return formatting.format_number(value, presentation=reader)
        if isinstance(value, tuple):
            return ", ".join(self._write(one, reader) for one in cast("tuple[object, ...]", value))
        return str(value)

    def _describe_shell(self, request: Request, reader: Presentation) -> dict[str, object]:
        viewer = cast("Viewer | None", getattr(request.state, "viewer", None))
        theme = str(getattr(request.state, "theme", "system"))
        return {
            "request": request,
            "language": reader.language,
            "zone": reader.zone,
            "theme": theme if theme in THEMES else "system",
            "viewer": viewer,
            "csrf_token": str(getattr(request.state, "csrf_token", "")),
            "toast": getattr(request.state, "toast", None),
            "path": request.url.path,
            "here": _relative_address(request),
            "navigation": [item for item in self._navigation if _is_visible(item, viewer)],
        }

    def _build_environment(self, folders: Sequence[Path]) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        _install_translations(environment, self._catalogs)
        environment.filters.update(_READER_FILTERS)
        environment.filters["said"] = self._make_said()
        names = cast("dict[str, object]", environment.globals)
        names.update(
            asset=read_manifest().__getitem__,
            icon=draw_icon,
            with_query=with_query,
            is_current=is_current,
            blank_form=Form(),
        )
        return environment


def with_query(address: str, **changes: object) -> str:
    """Return an address with query parameters replaced; None removes one.

    Changing anything drops the cursor, for a cursor belongs to its filters and order.
    """
    path, _, query = address.partition("?")
    dropped = {*changes, "cursor"}
    kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in dropped]
    added = [(name, str(value)) for name, value in changes.items() if value is not None]
    pairs = urlencode([*kept, *added])
    return f"{path}?{pairs}" if pairs else path


def is_current(path: str, href: str) -> bool:
    """Tell whether a page lies at or below an address; the root is current only on itself."""
    return path == href or (href != "/" and path.startswith(f"{href}/"))


def _relative_address(request: Request) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _is_visible(item: NavigationItem, viewer: Viewer | None) -> bool:
    return viewer is not None and (not item.roles or viewer.role in item.roles)


def _reader_of(request: Request) -> Presentation:
    language = str(getattr(request.state, "language", LANGUAGES[0]))
    zone = str(getattr(request.state, "zone", "UTC"))
    return Presentation(language if language in LANGUAGES else LANGUAGES[0], zone)


@contextmanager
def _reading(reader: Presentation) -> Generator[None]:
    token = _reader.set(reader)
    try:
        yield
    finally:
        _reader.reset(token)


def _install_translations(environment: Environment, catalogs: Catalogs) -> None:
    def gettext(message: str) -> str:
        return catalogs.translate(_reader.get().language, message)

    def ngettext(singular: str, plural: str, count: int) -> str:
        return catalogs.translate_count(_reader.get().language, singular, plural, count)

    install = cast("Callable[..., None]", getattr(environment, "install_gettext_callables"))  # noqa: B009
    install(gettext, ngettext, newstyle=True)


def _for_reader(write: Callable[..., str]) -> Callable[..., str]:
    """Turn `write(value, ..., presentation)` into a filter that knows the reader.

    A filter that takes the context is never folded into a constant when a template is compiled.
    """

    @pass_context
    def apply(_: Context, value: object, *details: object, **options: object) -> str:
        if value is None:
            return "–"
        return write(value, *details, presentation=_reader.get(), **options)

    return apply


_READER_FILTERS = {
    "number": _for_reader(formatting.format_number),
    "quantity": _for_reader(formatting.format_quantity),
    "exact_quantity": _for_reader(formatting.format_exact_quantity),
    "mass_kg": _for_reader(formatting.format_mass_kg),
    "share": _for_reader(formatting.format_share),
    "money": _for_reader(formatting.format_money),
    "day": _for_reader(formatting.format_date),
    "moment": _for_reader(formatting.format_datetime),
    "moment_with_zone": _for_reader(formatting.format_datetime_with_zone),
    "zone_name": _for_reader(formatting.format_zone),
    "age": _for_reader(formatting.format_age),
    "enumeration": _for_reader(formatting.format_enumeration),
    "country": _for_reader(formatting.format_country),
}
