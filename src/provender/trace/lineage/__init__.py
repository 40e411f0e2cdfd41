"""Relations by URL: who got what, what came from where, at any depth."""
