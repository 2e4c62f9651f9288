"""NM005: names that files are born with."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "![[growth.png]]", "growth.png": None}, id="own names"),
        pytest.param({"Untitled poems of Sappho.md": "", "Images of Rome.png": None}, id="a title that begins so"),
        pytest.param({"a.md": "`![[Pasted image 20240528225721.png]]`"}, id="code"),
        pytest.param({"a.md": "[[20240528225721]]"}, id="a link to the note of that day"),
    ],
)
def test_default_name_is_silent(lint, files):
    assert lint(files, "NM005") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[Pasted image 20240528225721.png]] ![[Pasted image 20240528225721.png]]"},
            ["a.md:1:1: NM005 default-name: default name `Pasted image 20240528225721.png`"],
            id="pasted, not there",
        ),
        pytest.param(
            {"a.md": "![[Pasted image 20240528225721.png]"},
            ["a.md:1:1: NM005 default-name: default name `Pasted image 20240528225721.png`"],
            id="pasted, unclosed",
        ),
        pytest.param(
            {"x/Pasted image 20240528225721.png": None},
            [
                "x/Pasted image 20240528225721.png:1:1: NM005 default-name: default name `Pasted image 20240528225721.png`"
            ],
            id="nobody shows it",
        ),
        pytest.param(
            {"Untitled.md": "", "x/Untitled 3.canvas": ""},
            [
                "Untitled.md:1:1: NM005 default-name: default name `Untitled.md`",
                "x/Untitled 3.canvas:1:1: NM005 default-name: default name `Untitled 3.canvas`",
            ],
            id="Untitled",
        ),
        pytest.param(
            {"a.md": "![[Screenshot 2024-05-28 at 10.15.00.png]] ![[IMG_1234.jpg]]"},
            [
                "a.md:1:1: NM005 default-name: default name `Screenshot 2024-05-28 at 10.15.00.png`",
                "a.md:1:44: NM005 default-name: default name `IMG_1234.jpg`",
            ],
            id="screenshots",
        ),
    ],
)
def test_default_name_is_found(lint, files, expected):
    assert lint(files, "NM005") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"untitled 2.md": ""},
            ["untitled 2.md:1:1: NM005 default-name: default name `untitled 2.md`"],
            id="small letters",
        ),
    ],
)
def test_default_name_elsewhere(lint, files, expected):
    assert lint(files, "NM005") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"N.md": "![[image 1.png|The loss: curve?|300]]", "image 1.png": None}, "N - The loss - curve.png", id="caption"),
        pytest.param({"N.md": "![[image 1.png|300|300]]", "image 1.png": None}, "N.png", id="sizes are no caption"),
        pytest.param({"N.md": "# Top\n## *Low* [[x|y]]\n![x](image%201.png)", "image 1.png": None}, "N - Low y.png", id="the heading above"),
        pytest.param({"N.md": "![[image 1.png]]", "N.png": None, "image 1.png": None}, "N 2.png", id="a name that is taken"),
        pytest.param({"x/N.md": "![[y/image 1.png]]", "y/image 1.png": None}, "y/N.png", id="it stays in its folder"),
        pytest.param({"Untitled 2.md": "---\ntitle: What is it?\n---\n"}, "What is it.md", id="a title"),
        pytest.param({"Untitled 2.md": "text\n# Head\n"}, "Head.md", id="a heading"),
        pytest.param({"Untitled 2.md": "text"}, None, id="nothing to name it after"),
        pytest.param({"Untitled.md": "![[image 1.png]]", "image 1.png": None}, None, id="a note that has no name yet"),
        pytest.param({"N.md": "![[image 1.png]]"}, None, id="a picture that is not there"),
        pytest.param({"N.md": f"# {'long ' * 40}\n![[image 1.png]]", "image 1.png": None},
                     f"N - {'long ' * 14}long.png", id="whole words of a long caption"),
    ],
)  # fmt: skip
def test_default_name_is_renamed_after(findings, files, expected):
    found = [
        finding for finding in findings(files, "NM005") if "image" in finding.about or "Untitled 2" in finding.about
    ]
    assert [finding.fix and finding.fix.rename and finding.fix.rename[1] for finding in found] == [expected]
