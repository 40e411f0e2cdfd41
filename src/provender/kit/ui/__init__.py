"""Shared page components: templates, formats, translations, icons, drawings. See README.md."""
