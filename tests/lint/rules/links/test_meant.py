"""Wikilinks that open nothing and are plainly another one: hints and fixes of LK001, LK002 and EM001."""

from __future__ import annotations

import pytest

FILES = {"text1.md": "words ^1b527a", "März.pdf": None, "Mein Ort.md": "# Hier da", "a/b c.md": ""}


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("[[text1^1b527a]]", "LK001", "[[text1#^1b527a]]", id="a block without its mark"),
        pytest.param("![[text1^1b527a|x]]", "LK001", "![[text1#^1b527a|x]]", id="an embed of a block"),
        pytest.param("![[M%C3%A4rz.pdf]]", "EM001", "![[März.pdf]]", id="an encoded attachment"),
        pytest.param("[[M%C3%A4rz.pdf|x]]", "LK002", "[[März.pdf|x]]", id="a link to it"),
        pytest.param("[[Mein%20Ort]]", "LK001", "[[Mein Ort]]", id="an encoded note"),
        pytest.param("[[Mein%20Ort#Hier%20da]]", "LK001", "[[Mein Ort#Hier da]]", id="with a heading"),
        pytest.param("[[a/b%20c]]", "LK002", "[[a/b c]]", id="in a folder"),
    ],
)
def test_what_was_meant_is_offered(findings, fixed, text, code, expected):
    files = {**FILES, "n.md": text}
    (finding,) = [finding for finding in findings(files, code) if finding.path == "n.md"]
    assert finding.fix is not None
    assert not finding.fix.is_safe
    assert fixed(files, code)["n.md"] == expected
    assert findings({**files, "n.md": expected}, code) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("[[text1^nope]]", "LK001", id="no such block"),
        pytest.param("[[2^10]]", "LK001", id="a power"),
        pytest.param("[[100%25 Gone]]", "LK001", id="decoded it opens nothing, too"),
        pytest.param("[[%FF]]", "LK001", id="no text"),
    ],
)
def test_nothing_is_offered_when_it_opens_nothing(findings, text, code):
    (finding,) = findings({**FILES, "n.md": text}, code)
    assert finding.fix is None
