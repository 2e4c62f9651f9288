"""Where a property's name and value are written; the rules PR004 to PR009 point there."""

from __future__ import annotations

import pytest

from vaultkit.lint.facts.property_spans import key_span, value_span
from vaultkit.note.parse import parse_text


@pytest.mark.parametrize(
    ("block", "key", "written", "value"),
    [
        pytest.param("a: 1\ntags: [x, y]\n", "tags", "tags", "[x, y]", id="flow list"),
        pytest.param("tags:\n  - x\n  - y\nb: 1\n", "tags", "tags", "- x\n  - y", id="indented list"),
        pytest.param("tags:\n- x\n- y\nb: 1\n", "tags", "tags", "- x\n- y", id="list without indent"),
        pytest.param('"my key": x: y\n'.replace("x: y", "'x: y'"), "my key", '"my key"', "'x: y'", id="quoted"),
        pytest.param("tags:\nb: 1\n", "tags", "tags", "", id="empty"),
        pytest.param("tags: x # a remark\n", "tags", "tags", "x # a remark", id="remark"),
    ],
)
def test_places(block, key, written, value):
    text = f"---\n{block}---\nbody\n"
    matter = parse_text(text).frontmatter
    start, end = key_span(text, matter, key)
    assert text[start:end] == written
    start, end = value_span(text, matter, key)
    assert start <= end and text[start:end] == value


def test_a_name_that_yaml_hides_is_told_at_the_block():
    text = '---\n"a\\u0062c": 1\n---\n'
    assert value_span(text, parse_text(text).frontmatter, "abc") == (0, 3)
