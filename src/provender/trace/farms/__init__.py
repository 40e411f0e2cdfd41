"""Farms and their plots."""
