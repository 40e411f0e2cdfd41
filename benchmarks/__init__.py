"""Measuring: the real server over HTTP, against the same SQL through pgbench in the same run."""
