"""Whether percent signs hide text: addresses and forms arrive as UTF-8 in disguise."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes


def is_encoded_text(encoded: bytes) -> bool:
    """Whether this is ASCII, and what percent signs hide in it is UTF-8 without NUL, which no text of ours holds."""
    if b"%" not in encoded or not encoded.isascii():
        return encoded.isascii()
    try:
        return "\0" not in unquote_to_bytes(encoded).decode("utf-8")
    except UnicodeDecodeError:
        return False
