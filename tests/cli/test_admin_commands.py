"""`provender admin`: opening an organisation, its people, ending access."""

from __future__ import annotations

import pytest

from tests.cli.operator import Operator

pytestmark = pytest.mark.slow


def open_organisation(
    first_operator: Operator, name: str, email: str, zone: str = "Asia/Tokyo"
) -> tuple[int, str, str]:
    printed = first_operator.types(
        "admin", "organisation", name, "--country", "JP", "--time-zone", zone, "--email", email
    )
    return printed.code, printed.out, printed.err


def test_a_new_organisation_has_one_administrator_whose_password_is_shown_once(first_operator: Operator) -> None:
    code, out, _ = open_organisation(first_operator, "Kyoto Cacao", "aya@kyoto.example")
    members = first_operator.types("admin", "members", "--as", "aya@kyoto.example", "--json").json["items"]
    empty = first_operator.types("trace", "batches", "--as", "aya@kyoto.example", "--json").json["items"]

    assert code == 0
    assert "Kyoto Cacao is open." in out
    assert len(out.splitlines()[-1].removeprefix("Password, shown only now: ")) == 20
    assert [(member["email"], member["role"]) for member in members] == [("aya@kyoto.example", "administrator")]
    assert empty == []


def test_who_has_an_account_keeps_name_and_password(first_operator: Operator) -> None:
    open_organisation(first_operator, "First", "twice@kyoto.example")
    code, out, _ = open_organisation(first_operator, "Second", "twice@kyoto.example")

    assert code == 0
    assert "keeps name and password" in out
    assert "shown only now" not in out


def test_wrong_facts_of_an_organisation_are_named(first_operator: Operator) -> None:
    code, out, err = open_organisation(first_operator, "Nowhere", "kai@kyoto.example", zone="Mars/Olympus")

    assert (code, out) == (1, "")
    assert "time_zone" in err


def test_with_several_organisations_a_command_asks_who_it_works_as(first_operator: Operator) -> None:
    open_organisation(first_operator, "One", "one@kyoto.example")
    open_organisation(first_operator, "Another", "other@kyoto.example")

    refused = first_operator.types("trace", "batches")

    assert refused.code == 1
    assert "--as" in refused.err


def test_revoking_ends_every_program_of_a_person(first_operator: Operator) -> None:
    open_organisation(first_operator, "Revoked", "gone@kyoto.example")
    first_operator.types("admin", "token", "gone@kyoto.example")
    first_operator.types("admin", "token", "gone@kyoto.example")

    ended = first_operator.types("admin", "revoke", "gone@kyoto.example")
    unknown = first_operator.types("admin", "revoke", "nobody@kyoto.example")

    assert ended.out.startswith("Ended: 2.")
    assert unknown.code == 1


def test_members_are_listed_for_people(first_operator: Operator) -> None:
    open_organisation(first_operator, "Shown", "shown@kyoto.example")

    shown = first_operator.types("admin", "members", "--as", "shown@kyoto.example").lines

    assert [line.split()[:3] for line in shown] == [
        ["Name", "E-mail", "Role"],
        ["shown", "shown@kyoto.example", "administrator"],
    ]
