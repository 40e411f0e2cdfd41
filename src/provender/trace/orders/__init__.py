"""Orders, their lines, and what is set aside for them."""
