"""Countries: which codes there are, and their names."""

from __future__ import annotations

import pytest

from provender.kit.countries import check_country, list_countries, name_country


def test_every_language_names_the_same_countries() -> None:
    codes = [{code for code, _ in list_countries(language)} for language in ("en", "de", "ja")]

    assert codes[0] == codes[1] == codes[2]
    assert {"DE", "JP", "GH", "EC", "XK"} <= codes[0]
    assert not {"EU", "UN", "ZZ", "XA"} & codes[0]
    assert [name_country("JP", language) for language in ("en", "de", "ja")] == ["Japan", "Japan", "日本"]


def test_countries_stand_by_name_with_accents_among_their_letters() -> None:
    names = [name for _, name in list_countries("de")]

    assert names.index("Ägypten") < names.index("Belgien")


@pytest.mark.parametrize(("code", "meant"), [("UK", "GB"), ("EL", "GR"), ("XX", "two letters"), ("EU", "two letters")])
def test_a_code_that_is_no_country_is_refused_with_what_was_meant(code: str, meant: str) -> None:
    with pytest.raises(ValueError, match=meant):
        check_country(code)
