"""The address in the square code of a label."""

from __future__ import annotations

import pytest

from tests.core.accounts.test_pages import sign_in
from tests.maker import Maker
from tests.trace.world import World


def test_the_link_on_a_label_leads_a_signed_in_person_to_the_batch(maker: Maker) -> None:
    world = World(maker)
    world.product("Dark 70")
    batch_id = world.batch("L2604-7", "Dark 70")
    world.run(
        "UPDATE trace.product SET gtin = '4006381333931' WHERE organisation_id = %(organisation_id)s AND id = %(id)s",
        id=world.products["Dark 70"],
    )
    sign_in(maker.client, maker.emails["staff"])

    resolved = maker.client.get("/01/04006381333931/10/L2604-7", follow_redirects=True)

    assert resolved.status_code == 200
    assert str(resolved.url).endswith(f"/trace/batches/{batch_id}")


@pytest.mark.parametrize("query", ["15=270101", "17=270101"])
def test_best_before_and_use_by_dates_in_the_link_are_no_obstacle(maker: Maker, query: str) -> None:
    sign_in(maker.client, maker.emails["staff"])

    resolved = maker.client.get(f"/01/04006381333931/10/X?{query}", follow_redirects=True)

    assert resolved.status_code == 200
