"""Shared rooms with tables: people, organisations, audit, requests."""
