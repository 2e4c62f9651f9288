"""TX003: characters that cannot be seen, where they do harm."""

from __future__ import annotations

import pytest

from vaultkit.cli.entry_point import run


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "5\xa0km soft\xadware"}, id="in running text"),
        pytest.param(
            {"a.md": "[[👩\u200d🔬 Science]] #👩\u200d🔬", "👩\u200d🔬 Science.md": ""}, id="an emoji of several"
        ),
        pytest.param({"a.md": "[[می\u200cخواهم]]"}, id="Persian"),
        pytest.param({"a.md": "#tag\xa0: x"}, id="a tag before a no-break space"),
        pytest.param({"a.md": "`[[Soft\u200bmax]]`"}, id="code"),
        pytest.param({"a.md": "[[ភាសា\u200bខ្មែរ]] #ភាសា\u200bខ្មែរ"}, id="Khmer"),
        pytest.param({"a.md": "[[ภาษา\u200bไทย]]"}, id="Thai"),
        pytest.param(
            {"a.md": "[[Soft\xadmax]] ![[Shot\u202fPM.png]]", "Soft\xadmax.md": "", "Shot\u202fPM.png": None},
            id="the file has it, too",
        ),
        pytest.param({"a.md": "[x](Shot\xa0PM.png)", "Shot\xa0PM.png": None}, id="the file has the same space"),
        pytest.param({"a.md": "[[b#Soft\xadmax]]", "b.md": "# Soft\xadmax"}, id="the heading has it, too"),
        pytest.param({"a.md": '---\nup: "[[Soft\xadmax]]"\n---\n', "Soft\xadmax.md": ""}, id="in a property"),
    ],
)
def test_hidden_characters_is_silent(lint, files):
    assert lint(files, "TX003") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[Soft\u200bmax]]", "Softmax.md": ""},
            ["a.md:1:7: TX003 hidden-characters: invisible character in the link `Softmax`: a zero-width space"],
            id="link",
        ),
        pytest.param(
            {"a.md": "[[Soft\xa0max|x]]", "Soft max.md": ""},
            ["a.md:1:7: TX003 hidden-characters: invisible character in the link `Soft max`: a no-break space"],
            id="no-break space",
        ),
        pytest.param(
            {"a.md": "[[Soft\u200bmax]]", "Softmax.md": "", "Soft\u00admax.md": ""},
            ["a.md:1:7: TX003 hidden-characters: invisible character in the link `Softmax`: a zero-width space"],
            id="a file has another one",
        ),
        pytest.param(
            {"a.md": "[[Soft\xa0max|x]]", "Soft max.md": "", "b/Soft\xa0max.md": ""},
            ["a.md:1:7: TX003 hidden-characters: invisible character in the link `Soft max`: a no-break space"],
            id="another file has it",
        ),
        pytest.param(
            {"a.md": "#deep\u200blearning #soft\xadmax"},
            [
                "a.md:1:6: TX003 hidden-characters: invisible character in the tag `#deep`: a zero-width space",
                "a.md:1:21: TX003 hidden-characters: invisible character in the tag `#softmax`: a soft hyphen",
            ],
            id="tag",
        ),
        pytest.param(
            {"a.md": "---\nsta\u200btus: x\n---\n"},
            ["a.md:2:4: TX003 hidden-characters: invisible character in the property `status`: a zero-width space"],
            id="property",
        ),
        pytest.param(
            {"a.md": "5\xa0km", "vaultkit.toml": "[rules.TX003]\neverywhere = true\n"},
            ["a.md:1:2: TX003 hidden-characters: invisible character in the text: a no-break space"],
            id="everywhere",
        ),
    ],
)
def test_hidden_characters_is_found(lint, files, expected):
    assert lint(files, "TX003") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[Soft\u200bmax]] [[Soft\xa0max]] #deep\u200blearning", "Softmax.md": "", "Soft max.md": ""},
            {"a.md": "[[Softmax]] [[Soft max]] #deeplearning"},
            id="link and tag",
        ),
        pytest.param({"a.md": "---\nsta\u200btus: x\n---\n"}, {"a.md": "---\nstatus: x\n---\n"}, id="property"),
    ],
)
def test_hidden_characters_is_mended(fixed, lint, files, expected):
    once = fixed(files, "TX003")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "TX003") == []
    assert fixed({**files, **once}, "TX003") == once


def test_a_byte_order_mark_is_told_and_taken_off(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf# Title\r\nteh")
    (tmp_path / "b.md").write_bytes(b"\xef\xbb\xbf---\ntags: [x]\n---\n")
    monkeypatch.chdir(tmp_path)
    arguments = ["check", "--isolated", "--select", "TX003,PR002"]
    assert run(arguments) == 1
    assert [line.split()[2] for line in capsys.readouterr().out.splitlines()] == ["TX003", "PR002"]
    assert run([*arguments, "--fix"]) == 1
    assert (tmp_path / "a.md").read_bytes() == b"\xef\xbb\xbf# Title\r\nteh", "kept, as no reader minds it"
    assert run([*arguments, "--fix", "--unsafe-fixes"]) == 0
    assert (tmp_path / "a.md").read_bytes() == b"# Title\r\nteh"
    assert (tmp_path / "b.md").read_bytes() == b"---\ntags: [x]\n---\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": '---\ntags: [a\u200bb]\nup: "[[c\u200bd]]"\n---\n'},
            [
                "a.md:2:9: TX003 hidden-characters: invisible character in the property `tags`: a zero-width space",
                "a.md:3:9: TX003 hidden-characters: invisible character in the link `cd`: a zero-width space",
            ],
            id="among the properties",
        ),
    ],
)
def test_hidden_characters_elsewhere(lint, files, expected):
    assert lint(files, "TX003") == expected
