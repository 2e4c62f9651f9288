"""Every reader takes anything: found inputs again, and random ones. `fuzz.py` tries as many as one has time for."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

pytest.importorskip("hypothesis")
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from mutate import mutated
from targets import fault, targets

FOUND = sorted((Path(__file__).parent / "found").glob("*/*.input"))
NAMES = {name.replace(" ", "_"): name for name in targets()}


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_was_found(path: Path) -> None:
    words = tuple(path.with_suffix(".command").read_text("utf-8").splitlines())
    assert fault(NAMES[path.parent.name], path.read_bytes(), words) == ""


@pytest.mark.parametrize("name", targets())
def test_the_seed(name: str) -> None:
    """Each command reads the document that nobody changed."""
    for words in targets()[name].commands:
        assert fault(name, targets()[name].seed, words) == "", words


@pytest.mark.parametrize("name", targets())
@settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(number=st.integers(0, 2**32))
def test_random_changes(name: str, number: int) -> None:
    rng = random.Random(number)
    target = targets()[name]
    data = mutated(target.seed, target.kind, rng)
    assert fault(name, data, rng.choice(target.commands)) == ""
