"""Contrast of every pair of colours that carries meaning, computed, in the light and in the dark.

axe cannot see text in SVG nor colours that appear on pointing; this can.
Source of the formula and of 4.5:1 and 3:1: WCAG 2.2, 1.4.3 and 1.4.11.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[3] / "frontend/src"
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", (SOURCES / "tokens.css").read_text()
    )
}
KINDS = ["farm", "supplier", "material", "batch", "product", "order", "customer"]
GROUNDS = ["paper", "surface", "sunken", "raised"]
SOFT = ["leaf-soft", "danger-soft", "attention-soft", "notice-soft"]
TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "dim", "leaf", "leaf-strong") for ground in GROUNDS],
    *[("ink", ground) for ground in (*SOFT, "row-hover", "selection")],
    *[("dim", ground) for ground in ("row-hover", "danger-soft", "attention-soft", "leaf-soft")],
    *[(text, f"kind-{kind}") for text in ("ink", "sublabel") for kind in KINDS],
    ("sublabel", "surface"),
    ("on-cocoa", "cocoa"), ("on-cocoa-dim", "cocoa"), ("on-cocoa", "cocoa-current"),
    ("on-leaf", "leaf"), ("on-leaf", "leaf-strong"), ("leaf-strong", "leaf-soft"), ("leaf", "leaf-soft"),
    ("leaf", "row-hover"),
    ("on-danger", "danger"), ("danger", "danger-soft"), ("danger", "surface"), ("danger", "paper"),
    ("attention", "attention-soft"), ("attention", "surface"), ("notice", "notice-soft"),
    ("on-toast", "toast"), ("toast-action", "toast"),
]  # fmt: skip
SHAPE_PAIRS = [
    ("line-strong", "surface"), ("line-strong", "paper"), ("ring", "paper"), ("ring", "surface"),
    ("ring-on-cocoa", "cocoa"), ("edge-hit", "surface"), ("edge-hit", "sunken"), ("clay", "cocoa"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb."""
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(text: str, ground: str, scheme: int) -> None:
    assert contrast(TOKENS[text][scheme], TOKENS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_that_carry_meaning_can_be_seen(shape: str, ground: str, scheme: int) -> None:
    assert contrast(TOKENS[shape][scheme], TOKENS[ground][scheme]) >= 3


def test_the_formula_knows_black_on_white() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def test_colours_are_written_in_one_file_only() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(|oklch\(")
    others = [path for path in SOURCES.glob("*.css") if path.name != "tokens.css"]

    assert [path.name for path in others if colour.search(path.read_text())] == []


def test_every_token_that_is_used_is_defined() -> None:
    text = "".join(path.read_text() for path in SOURCES.glob("*.css"))

    assert set(re.findall(r"var\(--([\w-]+)", text)) <= set(re.findall(r"--([\w-]+):", text))


def test_every_token_that_is_defined_is_used() -> None:
    text = "".join(path.read_text() for path in SOURCES.glob("*.css"))

    assert set(re.findall(r"--([\w-]+):", text)) <= set(re.findall(r"var\(--([\w-]+)", text))
