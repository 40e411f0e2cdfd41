"""What other rooms may use of accounts."""

from provender.core.accounts.actions import (
    end_access_everywhere,
    end_all_access,
    give_command_access,
    give_program_access,
    hash_password,
    is_known,
    sign_out,
)
from provender.core.accounts.rules import require_role
from provender.core.accounts.store import enter

__all__ = [
    "end_access_everywhere",
    "end_all_access",
    "enter",
    "give_command_access",
    "give_program_access",
    "hash_password",
    "is_known",
    "require_role",
    "sign_out",
]
