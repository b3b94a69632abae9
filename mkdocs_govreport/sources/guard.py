"""Texts that a spreadsheet would take for a formula, made harmless by an apostrophe before them, and back.

The apostrophe is what people type for the same purpose, and what other programs put before such texts
when they export them. A text that itself begins with an apostrophe gets one more, so that nothing is lost.
"""

from __future__ import annotations

_STARTS = tuple("=+-@\t\r\n＝＋－＠'")


def guard(text: str) -> str:
    """Return a text that no spreadsheet calculates."""
    return f"'{text}" if text.startswith(_STARTS) else text


def unguard(text: str) -> str:
    """Return the text that was guarded; every other text as it is."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_STARTS) else text
