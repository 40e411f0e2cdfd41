"""GS1 Digital Link: one web address for product, lot and piece, to print as a QR code.

Source:
    GS1 Digital Link Standard: URI Syntax: key and qualifiers in the path, in the order
    01, 22, 10, 21; everything else in the query; reserved characters percent-encoded.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NoReturn
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from provender.kit.gs1.errors import LinkInvalid
from provender.kit.gs1.identification import Identification, identify
from provender.kit.gs1.keys import normalise_gtin, normalise_sscc, require_lot, write_date
from provender.kit.sentences import tell

_QUALIFIERS: Final = ("22", "10", "21")
_IDENTIFIER_BY_OLD_NAME: Final = {
    "gtin": "01", "cpv": "22", "lot": "10", "ser": "21", "sscc": "00", "exp": "17",
}  # fmt: skip
"""Words that the first version of the standard allowed in place of digits."""

_KEYS: Final = frozenset({"00", "01"})
_SCHEMES: Final = frozenset({"http", "https"})


def build_link(base: str, goods: Identification) -> str:
    """Return the Digital Link of a product, a lot or a piece, or of a pallet.

    Args:
        base: Scheme, host and perhaps a path, such as `https://id.example.com`.
        goods: With `gtin` or `sscc`; lot, serial, variant and dates are added where given.

    Raises:
        LinkInvalid: `base` is no web address, or the goods have neither GTIN nor SSCC.
        Gs1Refusal: A value that no GS1 code can hold; see `keys`.
    """
    parts = urlsplit(base)
    if parts.scheme not in _SCHEMES or not parts.netloc or parts.query or parts.fragment:
        raise LinkInvalid(
            tell("“%(address)s” is not a web address to build on.", address=base[:60]),
            hint="Use for example https://id.example.com.",
        )
    steps = "".join(f"/{identifier}/{quote(value, safe='')}" for identifier, value in _path(goods))
    query = "&".join(f"{identifier}={value}" for identifier, value in _query(goods))
    return f"{base.rstrip('/')}{steps}{'?' if query else ''}{query}"


def parse_link(address: str, *, today: date, field: str | None = None) -> Identification:
    """Read a Digital Link of any host; parts of the query that are no identifier are ignored.

    Args:
        address: As scanned.
        today: Settles the century of dates.
        field: The input field to name in a refusal.

    Raises:
        LinkInvalid: No web address, or none with a GTIN or SSCC in its path.
        Gs1Refusal: A value that is not what its identifier holds.
    """
    parts = _split(address, field)
    pairs = _pairs_of_path(parts.path)
    if parts.scheme.lower() not in _SCHEMES or not parts.netloc or pairs is None:
        _refuse_link(address, field)
    for name, value in parse_qsl(parts.query.replace(";", "&")):
        identifier = _IDENTIFIER_BY_OLD_NAME.get(name, name)
        if identifier.isascii() and identifier.isdigit():
            pairs.append((identifier, value))
    return identify(pairs, today=today, field=field)


def _split(address: str, field: str | None) -> SplitResult:
    try:
        return urlsplit(address.strip())
    except ValueError:  # unmatched brackets of an IPv6 host, characters that change under NFKC
        _refuse_link(address, field)


def _path(goods: Identification) -> list[tuple[str, str]]:
    if goods.gtin is None:
        if goods.sscc is None:
            raise LinkInvalid("A Digital Link needs a GTIN or an SSCC.", hint="Give the product a GTIN first.")
        return [("00", normalise_sscc(goods.sscc))]
    qualifiers = (goods.consumer_variant, goods.lot, goods.serial)
    return [
        ("01", normalise_gtin(goods.gtin)),
        *(
            (identifier, require_lot(value))
            for identifier, value in zip(_QUALIFIERS, qualifiers, strict=True)
            if value is not None
        ),
    ]


def _query(goods: Identification) -> list[tuple[str, str]]:
    days = (("15", goods.best_before_on), ("17", goods.expires_on))
    return [(identifier, write_date(day)) for identifier, day in days if day is not None]


def _pairs_of_path(path: str) -> list[tuple[str, str]] | None:
    """Return the pairs behind the last key in the path, or None when there is no such path."""
    steps = [unquote(step) for step in path.strip("/").split("/")]
    names = [_IDENTIFIER_BY_OLD_NAME.get(step, step) for step in steps]
    for start in range(len(steps) - 2, -1, -1):
        is_paired = (len(steps) - start) % 2 == 0
        followers = names[start + 2 :: 2]
        if is_paired and names[start] in _KEYS and all(name in _QUALIFIERS for name in followers):
            return list(zip(names[start::2], steps[start + 1 :: 2], strict=True))
    return None


def _refuse_link(address: str, field: str | None) -> NoReturn:
    raise LinkInvalid(
        tell("“%(address)s” is not a GS1 Digital Link.", address=address.strip()[:60]),
        hint="It looks like https://id.example.com/01/09506000134352/10/ABC123.",
        field=field,
    )
