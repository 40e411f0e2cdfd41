"""Words of the pages in German and Japanese, read from .po files as they are.

English is the message itself. There is no compile step: catalogs are read with Babel at
first use and kept. Which words are shown is decided by templates and code, not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from provender.kit.ui.formatting import LANGUAGES, locale_of

Forms = tuple[str, ...]
"""A translation: one form, or one per plural category of the language."""

_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
_METHODS = [("**.html", "jinja2"), ("**.py", "python")]


class Catalogs:
    """The translations of several folders of catalogs, as if they were one.

    A folder holds `<language>/LC_MESSAGES/*.po`. Where two folders translate the same
    message, the later folder wins; fuzzy entries are not used.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._forms_by_language: dict[str, Mapping[str, Forms]] = {}

    def translate(self, language: str, message: str) -> str:
        """Return the message in a language; the English message itself where none is known."""
        forms = self._read(language).get(message)
        return forms[0] if forms else message

    def translate_count(self, language: str, singular: str, plural: str, count: int) -> str:
        """Return the form of a counted message that a language uses for `count`."""
        forms = self._read(language).get(singular)
        if not forms:
            return singular if count == 1 else plural
        return forms[min(_plural_index(language, count), len(forms) - 1)]

    def _read(self, language: str) -> Mapping[str, Forms]:
        if language not in self._forms_by_language:
            known: dict[str, Forms] = {}
            for folder in self._folders:
                known.update(read_forms(folder, language))
            self._forms_by_language[language] = known
        return self._forms_by_language[language]


def read_forms(folder: Path, language: str) -> dict[str, Forms]:
    """Return every finished translation of one folder by its English message."""
    forms: dict[str, Forms] = {}
    for path in sorted((folder / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
        finished = (one for one in catalog if one.id and not one.fuzzy and all(_texts(one.string)))
        forms.update({_texts(message.id)[0]: _texts(message.string) for message in finished})
    return forms


def list_messages(folder: Path) -> list[str]:
    """Return every English message that templates and Python files below a folder show.

    Counted messages are named by their singular. Sorted, without repetition.
    """
    options = {"**.html": {"extensions": "jinja2.ext.i18n", "encoding": "utf-8"}}
    found = extract_from_dir(folder, _METHODS, options_map=options, keywords=_KEYWORDS)
    return sorted({_texts(message)[0] for _, _, message, _, _ in found})


def list_missing_translations(folder: Path, locales: Sequence[Path]) -> Iterator[str]:
    """Name every message below `folder` that a language lacks, as 'de: Save'.

    Every room calls this in a test, with its own catalogs and those of kit/ui.
    """
    messages = list_messages(folder)
    for language in LANGUAGES[1:]:
        known = {message for place in locales for message in read_forms(place, language)}
        yield from (f"{language}: {message}" for message in messages if message not in known)


def _texts(value: str | Sequence[str] | None) -> Forms:
    if value is None:
        return ("",)
    return (value,) if isinstance(value, str) else tuple(value)


@lru_cache(maxsize=1024)
def _plural_index(language: str, count: int) -> int:
    """Return the index of the .po form for a count; the order is that of CLDR: one, then other."""
    rule = locale_of(language).plural_form
    tags = [tag for tag in ("zero", "one", "two", "few", "many", "other") if tag in {*rule.tags, "other"}]
    return tags.index(rule(count))
