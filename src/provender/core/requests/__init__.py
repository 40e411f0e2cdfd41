"""Requests that must not be done twice."""
