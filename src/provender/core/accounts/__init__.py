"""People: signing in, sessions, tokens of programs."""
