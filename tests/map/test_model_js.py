from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def test_the_pages_questions_of_its_data():
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI"):
            pytest.fail("no node; CI must have it")
        pytest.skip("no node to run tests/map/*.test.mjs")
    tests = sorted(str(path) for path in Path(__file__).parent.glob("*.test.mjs"))
    run = subprocess.run([node, "--test", *tests], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
