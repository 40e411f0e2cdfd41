"""What others may use of the demo: loading it, and what a reader finds in it."""

from provender.trace.demo.actions import load_small
from provender.trace.demo.edge_cases import EDGE_CASES
from provender.trace.demo.large.actions import BLOCKS as LARGE_BLOCKS
from provender.trace.demo.large.actions import MEASURER, load_large
from provender.trace.demo.model import DEMO_SEED, DemoStory, EdgeCase, FoundBy

__all__ = [
    "DEMO_SEED",
    "EDGE_CASES",
    "LARGE_BLOCKS",
    "MEASURER",
    "DemoStory",
    "EdgeCase",
    "FoundBy",
    "load_large",
    "load_small",
]
