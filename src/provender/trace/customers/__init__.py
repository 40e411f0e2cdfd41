"""Customers and their sites: one step forward."""
