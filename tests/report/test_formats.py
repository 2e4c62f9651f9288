"""Every format, found by its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultkit.report.format import format_names, renderer


def test_all_formats_are_found():
    assert set(format_names()) == {
        "azure", "checkstyle", "concise", "full", "github", "gitlab", "grouped", "json", "json-lines", "junit",
        "markdown", "rdjson", "sarif",
    }  # fmt: skip


@pytest.mark.parametrize("name", format_names())
def test_every_format_has_its_test_and_takes_any_view(name, view, clean):
    tests = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert {"test_" + name.replace("-", "_"), f"test_{name.partition('-')[0]}_report"} & tests
    assert all(isinstance(line, str) for each in (view, clean) for line in renderer(name)(each))
