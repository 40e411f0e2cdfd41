"""The web: assembles what the rooms offer, translates errors, decides nothing."""
