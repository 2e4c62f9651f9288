"""One story instead of many lines: which findings have one cause, and what mends it."""

from __future__ import annotations

import pytest

from vaultkit.base.record import changed
from vaultkit.config import Config
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.finding import Finding, Fix
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.lint.root_causes import causes_of
from vaultkit.vault.load import snapshot_of_texts as vault_of

PLAN = plan_of(Config())
SIX = range(6)


def causes(texts, app=None):
    vault = vault_of(texts, app)
    inspect = note_linter(PLAN)
    answers = {path: answer for path, note in vault.notes.items() if (answer := inspect(note, texts[path] or ""))}
    return [
        (cause.count, cause.message, cause.command)
        for cause in causes_of(collect_findings(vault, PLAN, answers).findings, vault)
    ]


RELINK = {f"Archive/{n}.md": "" for n in SIX}


@pytest.mark.parametrize(
    ("texts", "app", "expected"),
    [
        pytest.param(
            {f"{n}.md": f"---\n{'alias' if n % 2 else 'tag'}: x\n---\n" for n in SIX},
            None,
            [
                (
                    6,
                    "deprecated properties in 6 notes: Obsidian ignores their `alias`, `tag`",
                    "vaultkit check --fix --fixable PR004",
                )
            ],
            id="property names of an older Obsidian",
        ),
        pytest.param({"a.md": "---\ntag: x\nalias: y\n---\n"}, None, [], id="old names in one note"),
        pytest.param({"a.md": "[[x]] [[y]]"}, None, [], id="too few to have a cause"),
        pytest.param(
            {"a.md": " ".join(f"[[x{n}]]" for n in SIX) + " [[X1]]"},
            None,
            [(7, "7 links to 6 notes that do not exist yet", "vaultkit wanted")],
            id="notes that are still to be written",
        ),
        pytest.param(
            {**{f"{n}.md": "[[bijection]]" for n in SIX}, "injection.md": ""},
            None,
            [(6, "6 links to a note that does not exist yet", "vaultkit wanted")],
            id="a name that many want is no slip",
        ),
        pytest.param(
            {"a.md": " ".join(f"![[{n}.png]]" for n in SIX)},
            {"attachmentFolderPath": "Attachments"},
            [
                (
                    6,
                    "attachment folder `Attachments` in Obsidian's settings does not exist: 6 embeds have no file",
                    "",
                )
            ],
            id="missing attachment folder",
        ),
        pytest.param(
            {"a.md": " ".join(f"![[{n}.png]]" for n in SIX)},
            None,
            [(6, "no attachments in this vault: 6 embeds have no file", "")],
            id="no pictures at all",
        ),
        pytest.param(
            {"a.md": " ".join(f"![[{n}.png]]" for n in SIX), "other.png": ""}, None, [], id="some pictures are there"
        ),
        pytest.param(
            {"a.md": " ".join(f"![[{n}.png]]" for n in range(21)), "other.png": ""},
            None,
            [(21, "missing attachments: 21 embeds in one note have no file", "")],
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
                    "stray size `|300` in 6 places: the label of 3 links and a second size of 3 embeds",
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
                    "stray size `|300` in 6 places: the label of 5 links and a second size of 1 embed",
                    "vaultkit check --fix --unsafe-fixes --fixable EM003,LK008 a.md",
                )
            ],
            id="stray size, one of them unsafe to fix",
        ),
        pytest.param(
            {f"{n}.md": f"[p](Papers/Old/{n}.md)" for n in SIX},
            None,
            [(6, "folder `Papers` does not exist in this vault: 6 links to its files are broken", "")],
            id="missing folder",
        ),
        pytest.param(
            {
                "x.png": "",
                **{f"Notes/{n}.md": f"[p](../Books/{'abc'[n % 3]}/{n}.md) ![[../Books/d/{n}.png]]" for n in SIX},
            },
            None,
            [(12, "folder `Books` does not exist in this vault: 6 links and 6 embeds to its files are broken", "")],
            id="missing folder with many inside, through ../",
        ),
        pytest.param(
            {"Papers/x.md": "", **{f"{n}.md": f"[p](Papers/Old/{n}/y.md)" for n in SIX}},
            None,
            [(6, "folder `Papers/Old` does not exist in this vault: 6 links to its files are broken", "")],
            id="the first folder that is missing",
        ),
        pytest.param(
            {**{f"n{n}.md": f"[p](Papers/{n}.md)" for n in SIX}, **RELINK},
            None,
            [
                (
                    6,
                    "folder `Papers` was renamed to `Archive`: 6 links to its files are broken",
                    "vaultkit relink Papers Archive",
                )
            ],
            id="renamed folder",
        ),
        pytest.param(
            {
                **{f"x/n{n}.md": f"[p](../02%20-%20Atomic/sub/{n}.md)" for n in SIX},
                **{f"02-atomic/sub/{n}.md": "" for n in SIX},
            },
            None,
            [
                (
                    6,
                    "folder `02 - Atomic` was renamed to `02-atomic`: 6 links to its files are broken",
                    "vaultkit relink '02 - Atomic' 02-atomic",
                )
            ],
            id="renamed folder, through ../ and with folders in it",
        ),
        pytest.param(
            {
                **{f"x/n{n}.md": f"![p](../99%20-%20Meta/0.%20Attachments/{n}.png)" for n in SIX},
                **{f"99-meta/00-attach/{n}.png": "" for n in SIX},
            },
            None,
            [
                (
                    6,
                    "folder `99 - Meta/0. Attachments` was renamed to `99-meta/00-attach`: 6 embeds to its files are broken",
                    "vaultkit relink '99 - Meta/0. Attachments' 99-meta/00-attach",
                )
            ],
            id="a folder and one in it were renamed",
        ),
        pytest.param(
            {
                **{f"n{n}.md": f"[p](Papers/{n}.md) [q](Papers/gone{n}.md)" for n in SIX},
                **RELINK,
            },
            None,
            [
                (
                    6,
                    "folder `Papers` was renamed to `Archive`: 6 links to its files are broken",
                    "vaultkit check --fix --unsafe-fixes --fixable LK002",
                ),
                (6, "folder `Papers` does not exist in this vault: 6 links to its files are broken", ""),
            ],
            id="renamed, and some of its files are gone",
        ),
        pytest.param(
            {**{f"{n}.md": "[[N]]" for n in SIX}, "b.md": "---\naliases: N\n---\n"},
            None,
            [
                (
                    6,
                    "6 links with the same error: `N` is an alias of `b`; links cannot use aliases",
                    "vaultkit check --fix --unsafe-fixes --fixable LK001",
                )
            ],
            id="an alias that many links use",
        ),
        pytest.param(
            {**{f"{n}.md": "[[N]]" for n in SIX}, "x/N.md": "", "xx/N.md": ""},
            None,
            [
                (
                    6,
                    "`x/N.md` and `xx/N.md` have the same name: 6 links to them are ambiguous",
                    "vaultkit check --fix --fixable LK005",
                )
            ],
            id="two files of one name",
        ),
        pytest.param(
            {f"{n}.md": f"[x](file:///C:/Users/me/{n}.pdf)" for n in SIX},
            None,
            [(6, "6 links to `file:///C:/Users/me`, outside the vault", "")],
            id="files of one computer",
        ),
        pytest.param(
            {
                **{f"n{n}.md": f"[p](Papers/{n}.md)" for n in SIX},
                "a.md": " ".join(f"[p](Books/{n}.md)" for n in range(9)),
            },
            None,
            [
                (9, "folder `Books` does not exist in this vault: 9 links to its files are broken", ""),
                (6, "folder `Papers` does not exist in this vault: 6 links to its files are broken", ""),
            ],
            id="what explains most comes first",
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
        (7, "untracked files in `Pics`: 7 links to them are broken in every clone", "git add -f Pics"),
        (
            6,
            "wrong character encoding in `a.md`: 6 places",
            "vaultkit check --fix --unsafe-fixes --fixable TX001 a.md",
        ),
    ]


def test_the_command_mends_what_the_cause_says(tmp_path, monkeypatch, capsys):
    import shlex

    from vaultkit.cli.entry_point import run

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
    found = causes_of(collect_findings(vault, plan, {}).findings, vault)
    assert [(cause.count, cause.message, cause.command) for cause in found] == [
        (6, "6 files have a default name, such as that of a pasted picture or a new note", "")
    ]


def test_relink_takes_the_cause_of_a_renamed_folder_away(tmp_path, monkeypatch, capsys):
    import shlex

    from vaultkit.cli.entry_point import run

    texts = {f"x/n{n}.md": f"[p](../02%20-%20Atomic/sub/{n}.md)" for n in SIX}
    texts |= {f"02-atomic/sub/{n}.md": "" for n in SIX}
    (tmp_path / ".obsidian").mkdir()
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    [(_, _, command)] = causes(texts)
    assert run(shlex.split(command)[1:]) == 0
    assert run(["check"]) == 0


def test_a_commit_that_deleted_much_is_one_cause():
    message = "missing attachment `p{}.png`: `p{}.png` was deleted in 3f2c1ab on 2024-05-02"
    findings = [
        changed(finding("EM001", "a.md", f"p{n}.png", n), message=message.format(n, n), severity="error") for n in SIX
    ]
    vault = vault_of({"a.md": "", "x.png": ""})
    assert [(cause.message, cause.command) for cause in causes_of(findings, vault)] == [
        (
            "commit 3f2c1ab of 2024-05-02 deleted 6 files: 6 links and embeds are broken",
            "git show --stat --diff-filter=D 3f2c1ab",
        )
    ]
