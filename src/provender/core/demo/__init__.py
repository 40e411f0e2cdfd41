"""The invented maker of the demo: its organisation and its people."""
