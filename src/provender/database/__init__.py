"""The readable truth of the database (`schema/`), its migrations, and how both are applied."""
