"""Faults in ``%% %%`` are told as info by all rules about links and embeds: nobody reads them there."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("LK001", "[[https://nope.io]]"),
        ("LK006", "[[b]"),
        ("LK007", "[x]() [[|x]]"),
        ("LK008", "[[b|300]]"),
        ("LK009", "[[b|x|y]]"),
        ("LK010", "[x](b c.md)"),
        ("EM001", "![[nope.png]]"),
        ("EM002", "![[p.png]"),
        ("EM003", "![[p.png|300|300]]"),
        ("EM004", "![[p.png|300px]]"),
    ],
)
def test_a_comment_is_read_by_nobody(findings, code, written):
    files = {"b.md": "", "p.png": None, "a.md": f"![[p.png|300]]\n\n%% {written} %%\n"}
    assert {finding.severity for finding in findings(files, code)} == {"info"}
    shown = {**files, "a.md": f"![[p.png|300]]\n\n{written}\n"}
    assert "info" not in {finding.severity for finding in findings(shown, code)}
