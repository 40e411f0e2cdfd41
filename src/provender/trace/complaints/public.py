"""What other rooms may use of complaints."""

from provender.trace.complaints.actions import move_complaint
from provender.trace.complaints.payloads import Complaint
from provender.trace.complaints.reads import list_candidates, list_complaints, read_complaint

__all__ = ["Complaint", "list_candidates", "list_complaints", "move_complaint", "read_complaint"]
