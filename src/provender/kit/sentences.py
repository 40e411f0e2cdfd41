"""Sentences with values in them that can be said again in another language.

A refusal is raised in English where the fact is known, and a page shows it in the language of its reader.
So a sentence remembers its message and its values; to everybody else it is an ordinary string. What a
message is called in another language stands in the catalogs and not here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Self, cast

_PLACE = re.compile(r"%\((\w+)\)s")
_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Sentence(str):
    """A finished English sentence and what it was made of.

    Attributes:
        message: With `%(name)s` in it, as it stands in the catalogs.
        values: What replaces them: text as it is; int and Decimal are written as the reader writes
            figures; a Sentence is said in the reader's language; a tuple is a list of these.
    """

    __slots__ = ("message", "values")

    message: str
    values: Mapping[str, object]

    def __new__(cls, sentence: str, message: str, values: Mapping[str, object]) -> Self:
        """Return the sentence; its English is given, for it need not be what the message makes."""
        self = super().__new__(cls, sentence)
        self.message = message
        self.values = values
        return self


def tell(message: str, **values: object) -> Sentence:
    """Return an English message with its values in it."""
    return Sentence(message % {name: _plain(value) for name, value in values.items()}, message, values)


def name_word(word: str) -> Sentence:
    """Return a word of ours, such as in_production, as the catalogs know it when it stands alone: In production."""
    spoken = word.replace("_", " ")
    return Sentence(spoken, spoken.capitalize(), {})


def hear(sentence: str, *messages: str, figures: Collection[str] = (), words: Collection[str] = ()) -> str:
    """Return what somebody else said in English, such as a guard of the database, with the values found in it.

    Args:
        sentence: As it was said.
        messages: What it may be made of; where none fits, the sentence is returned as it is.
        figures: Names of values that are numbers.
        words: Names of values that are words of ours, such as the state of an order.
    """
    for message in messages:
        if found := _pattern_of(message).fullmatch(sentence):
            values = {
                name: _value_of(text, is_figure=name in figures, is_word=name in words)
                for name, text in found.groupdict().items()
            }
            return Sentence(sentence, message, values)
    return sentence


@lru_cache(maxsize=256)
def _pattern_of(message: str) -> re.Pattern[str]:
    texts, names = _PLACE.split(message)[::2], _PLACE.findall(message)
    places = [f"(?P<{name}>.+)" for name in names]
    return re.compile("".join(re.escape(text) + place for text, place in zip(texts, [*places, ""], strict=True)))


def _value_of(text: str, *, is_figure: bool, is_word: bool) -> object:
    if is_figure and _FIGURE.fullmatch(text):
        return Decimal(text)
    return name_word(text) if is_word else text


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return ", ".join(str(_plain(one)) for one in cast("tuple[object, ...]", value))
    return f"{value:f}" if isinstance(value, Decimal) else value
