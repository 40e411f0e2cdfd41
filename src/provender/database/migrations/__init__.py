"""How a database arrives at the readable schema, step by step. Only forward: see docs/decisions/0006."""
