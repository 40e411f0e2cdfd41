"""Holds: batches that must not be allocated, shipped or used until a person releases them."""
