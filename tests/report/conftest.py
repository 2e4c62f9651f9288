"""What the tests of all formats share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sample_view import FILES, view_of

from vaultkit.config import parse_config
from vaultkit.report.format import ReportView, renderer

SCHEMAS = Path(__file__).parent / "schemas"


@pytest.fixture
def view() -> ReportView:
    return view_of(FILES, parse_config({"lint": {"severity": {"LK005": "error"}}}))


@pytest.fixture
def clean() -> ReportView:
    return view_of({"a.md": "[[b]]", "b.md": ""})


@pytest.fixture
def render() -> Callable[[str, ReportView], str]:
    return lambda name, view: "\n".join(renderer(name)(view))


@pytest.fixture
def require_schema() -> Callable[[str, Any], None]:
    jsonschema = pytest.importorskip("jsonschema", reason="needs the test extra: pip install '.[test]'")

    def require(name: str, document: Any) -> None:
        jsonschema.validate(document, json.loads((SCHEMAS / name).read_text(encoding="utf-8")))

    return require


@pytest.fixture
def require_xsd() -> Callable[[str, str], Any]:
    etree = pytest.importorskip("lxml.etree", reason="needs the test extra: pip install '.[test]'")

    def require(name: str, text: str) -> Any:
        document = etree.fromstring(text.encode())
        etree.XMLSchema(etree.parse(SCHEMAS / name)).assertValid(document)
        return document

    return require
