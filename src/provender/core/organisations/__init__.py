"""Organisations, the tenants, and the people who work for them."""
