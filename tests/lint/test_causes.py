"""One story instead of many lines: which findings have one cause, and what mends it."""

from __future__ import annotations

import pytest

from vaultkit.config import Config
from vaultkit.index.load import vault_of
from vaultkit.lint.causes import causes_of
from vaultkit.lint.engine import inspector, judge, plan_of
from vaultkit.lint.finding import Finding, Fix

PLAN = plan_of(Config())
SIX = range(6)


def causes(texts, app=None):
    vault = vault_of(texts, app)
    inspect = inspector(PLAN)
    answers = {path: answer for path, note in vault.notes.items() if (answer := inspect(note, texts[path] or ""))}
    return [
        (cause.count, cause.message, cause.command) for cause in causes_of(judge(vault, PLAN, answers).findings, vault)
    ]


@pytest.mark.parametrize(
    ("texts", "app", "expected"),
    [
        pytest.param(
            {f"{n}.md": f"---\n{'alias' if n % 2 else 'tag'}: x\n---\n" for n in SIX},
            None,
            [
                (
                    6,
                    "6 notes write `alias`, `tag` in a form that Obsidian no longer reads",
                    "vaultkit check --fix --fixable PR004",
                )
            ],
            id="property names of an older Obsidian",
        ),
        pytest.param({"a.md": "---\ntag: x\nalias: y\n---\n"}, None, [], id="old names in one note"),
        pytest.param({"a.md": "[[x]] [[y]]"}, None, [], id="too few to have a cause"),
        pytest.param({"a.md": " ".join(f"[[x{n}]]" for n in SIX)}, None, [], id="nothing in common"),
        pytest.param(
            {"a.md": " ".join(f"![[{n}.png]]" for n in SIX)},
            {"attachmentFolderPath": "Attachments"},
            [
                (
                    6,
                    "the attachment folder Attachments of Obsidian's settings is not in the vault, so 6 embeds show "
                    "nothing: bring it back, or set the folder that holds the pictures",
                    "",
                )
            ],
            id="missing attachment folder",
        ),
        pytest.param(
            {"a.md": " ".join(f"![[{n}.png]]" for n in SIX)},
            None,
            [
                (
                    6,
                    "not one picture or other attachment is in the vault, so 6 embeds show nothing: most likely only "
                    "the notes were copied or put under git",
                    "",
                )
            ],
            id="no pictures at all",
        ),
        pytest.param(
            {"a.md": " ".join(f"![[{n}.png]]" for n in SIX), "other.png": ""}, None, [], id="some pictures are there"
        ),
        pytest.param(
            {"a.md": " ".join(f"![[{n}.png]]" for n in range(21)), "other.png": ""},
            None,
            [(21, "21 embeds in one note show files that are not in the vault", "")],
            id="more than are told one by one",
        ),
        pytest.param(
            {
                "my note.md": "".join(f"[[N{n}|300]]\n" for n in range(3))
                + "".join(f"![[{n}.png|300|300]]\n" for n in range(3)),
                **{f"N{n}.md": "" for n in range(3)},
                **{f"{n}.png": "" for n in range(3)},
            },
            None,
            [
                (
                    6,
                    "6 places share one stray |300: a find-and-replace left it on 3 links and doubled the size of "
                    "3 embeds",
                    "vaultkit check --fix --fixable EM003,LK008 'my note.md'",
                )
            ],
            id="stray size, all safe",
        ),
        pytest.param(
            {
                "a.md": "".join(f"[[N{n}|300]]\n" for n in range(5)) + "![[0.png|200|300]]\n",
                **{f"N{n}.md": "" for n in range(5)},
                "0.png": "",
            },
            None,
            [
                (
                    6,
                    "6 places share one stray |300: a find-and-replace left it on 5 links and doubled the size of "
                    "1 embed",
                    "vaultkit check --fix --unsafe-fixes --fixable EM003,LK008 a.md",
                )
            ],
            id="stray size, one of them unsafe to mend",
        ),
        pytest.param(
            {f"{n}.md": "[p](Papers/Old/p.md)" for n in SIX},
            None,
            [(6, "the folder Papers/Old is not in the vault, and 6 links go into it: renamed or left behind", "")],
            id="missing folder",
        ),
        pytest.param(
            {**{f"{n}.md": "[p](Papers/p.md)" for n in SIX}, "Archive/p.md": ""},
            None,
            [
                (
                    6,
                    "the folder Papers is not in the vault, and 6 links go into it: renamed or left behind",
                    "vaultkit check --fix --unsafe-fixes --fixable LK002",
                )
            ],
            id="missing folder, its files are elsewhere",
        ),
        pytest.param(
            {**{f"{n}.md": "[[Mitocondria]]" for n in SIX}, "Mitochondria.md": ""},
            None,
            [
                (
                    6,
                    "6 links name [[Mitocondria]], which is most likely [[Mitochondria]] now",
                    "vaultkit check --fix --unsafe-fixes --fixable LK001",
                )
            ],
            id="renamed note",
        ),
    ],
)
def test_causes(texts, app, expected):
    assert causes(texts, app) == expected


def finding(code, path, about, number, fix=None) -> Finding:
    return Finding(code, "", "warning", path, 1, 1, 1, 1, "", about, number, number, fix, (), f"{path}{code}{number}")


def test_causes_of_rules_by_what_they_are_about():
    fix = Fix("decode", (), is_safe=False)
    findings = [finding("TX001", "a.md", "x", n, fix) for n in SIX]
    findings += [finding("EM009", "a.md", f"Pics/{n}.png", n) for n in range(7)]
    assert [(cause.count, cause.message, cause.command) for cause in causes_of(findings, vault_of({"a.md": ""}))] == [
        (7, "7 places show files of Pics that git does not have, so every clone lacks them", "git add -f Pics"),
        (
            6,
            "a.md was once read in the wrong encoding, which spoiled 6 places in it",
            "vaultkit check --fix --unsafe-fixes --fixable TX001 a.md",
        ),
    ]


def test_the_command_mends_what_the_cause_says(tmp_path, monkeypatch, capsys):
    import shlex

    from vaultkit.cli.main import run

    text = "".join(f"[[N{n}|300]]\n" for n in range(6))
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a b.md").write_text(text)
    for n in SIX:
        (tmp_path / f"N{n}.md").write_text("")
    monkeypatch.chdir(tmp_path)
    [(count, _, command)] = causes({"a b.md": text, **{f"N{n}.md": "" for n in SIX}})
    assert count == 6
    assert run(shlex.split(command)[1:]) == 0
    assert run(["check"]) == 0


def test_default_names_are_one_cause():
    texts = {"a.md": " ".join(f"![[Pasted image 2024052822572{n}.png]]" for n in SIX)}
    plan = plan_of(Config(), select=["NM005"])
    vault = vault_of(texts, None)
    found = causes_of(judge(vault, plan, {}).findings, vault)
    assert [(cause.count, cause.message, cause.command) for cause in found] == [
        (6, "6 files have the default name of a pasted picture or a new note", "")
    ]
