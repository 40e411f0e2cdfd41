"""One file per migration, named by date and number."""
