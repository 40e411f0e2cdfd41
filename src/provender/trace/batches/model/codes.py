"""How a printed batch code is folded to the text it is searched by."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LATIN_1_LETTERS: Final = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ"
"""U+00E0 to U+00FE without the division sign. Letters beyond Latin-1 keep their case."""

_LOWER: Final = "abcdefghijklmnopqrstuvwxyz" + _LATIN_1_LETTERS
_UPPER: Final = "".join(
    chr(ord(letter) - 0x20) for letter in _LOWER
)  # both alphabets lie 32 code points below their small letters

_DASHES: Final = "\u2010\u2012\u2013\u2014\u2015\u2212"
"""What telephones and word processors make of a hyphen: hyphen, figure dash, en dash, em dash,
bar, minus. (U+2011 and the full-width forms are already folded by NFKC.)"""

_REMOVED: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xad\u1680\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff"
)
"""White space, scanner separators (FS, GS, RS, US) and characters that print nothing. The other
Unicode spaces (no-break, ideographic ...) are a plain space after NFKC."""

_FOLDING: Final = str.maketrans(_LOWER + _DASHES, _UPPER + "-" * len(_DASHES), _REMOVED)

_LOT_MARK: Final = re.compile(r"\A(?:(?:LOT|L)[.:#-]*)+")


def batch_code_key(code: str) -> str:
    """Fold a printed batch code to the text it is searched by.

    NFKC, capitals, no white space, hyphens of every kind as `-`, and a leading `L` or `LOT`
    (also repeated, each followed by any of `. : # -`) left out: `lot: l 2024-3` becomes
    `2024-3`. When nothing but the mark was printed, the mark is the key. White space alone
    gives the empty text, which matches no batch.

    Capitals are made for ASCII and Latin-1 letters only, by a fixed table, because `upper()`
    differs between database locales (Turkish i, sharp s, new Unicode versions) while this key
    is stored, indexed and compared for years. The database function `trace.batch_code_key`
    is the same table and the same pattern; a test holds the two together.

    Source:
        Directive 2011/91/EU, article 3: the letter "L" precedes the lot indication unless it
        is clearly distinguishable, so the letter is no part of the code.
    """
    folded = unicodedata.normalize("NFKC", code).translate(_FOLDING)
    return _LOT_MARK.sub("", folded) or folded
