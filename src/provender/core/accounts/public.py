"""What other rooms may use of accounts."""

from provender.core.accounts.actions import give_program_access, hash_password, is_known
from provender.core.accounts.rules import require_role
from provender.core.accounts.store import enter

__all__ = ["enter", "give_program_access", "hash_password", "is_known", "require_role"]
