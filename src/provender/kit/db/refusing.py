"""Named constraints become refusals; a violation nobody expected stays loud."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from psycopg.errors import IntegrityError

from provender.kit.errors import Refusing


@contextmanager
def refusing(refusals: Refusing) -> Generator[None]:
    """Translate violations of the named constraints inside the block.

    Raises:
        Refusal: the one made for the violated constraint.
        IntegrityError: the violated constraint is not named; a fault of ours.
    """
    try:
        yield
    except IntegrityError as error:
        make = refusals.get(error.diag.constraint_name or "")
        if make is None:
            raise
        raise make(error.diag.message_primary or "") from error
