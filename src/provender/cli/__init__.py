"""The command line: assembles what the rooms offer, translates errors, decides nothing."""
