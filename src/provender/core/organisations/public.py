"""What other rooms and the command line may use of organisations."""

from provender.core.organisations.actions import open_organisation
from provender.core.organisations.payloads import MemberFilter, MemberInput, OrganisationInput
from provender.core.organisations.reads import list_members

__all__ = ["MemberFilter", "MemberInput", "OrganisationInput", "list_members", "open_organisation"]
