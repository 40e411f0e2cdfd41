"""Pages of accounts: signing in and out, and one's own account."""

from provender.core.accounts.pages import account, signing

routers = (signing.router, account.router)

__all__ = ["routers"]
