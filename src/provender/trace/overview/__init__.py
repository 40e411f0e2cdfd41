"""What needs a maker's attention now: the start page's part of trace."""
