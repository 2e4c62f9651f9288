"""Which rules run where: presets, severities, ignores, exclusions; ``config``, ``init`` and ``files --why``."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from vaultkit.cli.entry_point import run


@pytest.fixture
def vault(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    root = tmp_path / "vault"
    for path, text in {
        ".obsidian/app.json": '{"userIgnoreFilters": ["Old/"]}',
        ".obsidian/plugins/obsidian-linter/data.json": '{"foldersToIgnore": ["Clippings"]}',
        ".obsidian/templates.json": '{"folder": "Forms"}',
        "a.md": "[[xx://x]]",
        "Daily/d.md": "[[xx://x]]",
        "Old/o.md": "[[xx://x]]",
        "Clippings/c.md": "[[xx://x]]",
        "Forms/t.md": "[[xx://x]]",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    monkeypatch.chdir(root)
    return root


def paths(capsys, *arguments):
    status = run(["check", "--output-format", "json", *arguments])
    out = capsys.readouterr().out
    return status, [entry["path"] for entry in json.loads(out)["findings"]] if out else []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param([], (1, ["Daily/d.md", "a.md"]), id="quiet where Obsidian's own settings say so"),
        pytest.param(["--per-file-ignores", "Daily/**=LK"], (1, ["a.md"]), id="per file"),
        pytest.param(["--exclude", "Daily/**"], (1, ["a.md"]), id="exclude"),
        pytest.param(["--extend-exclude", "Daily/**", "--exclude", "a.md"], (0, []), id="both exclusions"),
        pytest.param(["--exclude", "Daily/**", "Daily/d.md"], (1, ["Daily/d.md"]), id="excluded, but named"),
        pytest.param(["--exclude", "Daily/**", "--force-exclude", "Daily/d.md"], (0, []), id="force"),
        pytest.param(["--exclude", "Daily/**", "Daily"], (0, []), id="a folder that is named stays excluded"),
        pytest.param(["--severity", "LK001=info"], (0, ["Daily/d.md", "a.md"]), id="severity"),
        pytest.param(["--severity", "missing-note=error"], (1, ["Daily/d.md", "a.md"]), id="severity by name"),
        pytest.param(["--config", "lint.ignore = ['LK001']"], (0, []), id="one setting"),
        pytest.param(["--config", "index-only = ['Daily/**']"], (1, ["a.md"]), id="index only"),
        pytest.param(["--preset", "strictest"], (2, []), id="no such preset"),
        pytest.param(["--severity", "LK001=high"], (2, []), id="no such severity"),
        pytest.param(["--per-file-ignores", "LK001"], (2, []), id="no pattern"),
        pytest.param(["--config", "nothing.toml"], (2, []), id="no such file"),
        pytest.param(["--strict-config", "--config", "lint.selct = []"], (2, []), id="unknown key, strictly"),
        pytest.param(["--config", "lint.selct = []"], (1, ["Daily/d.md", "a.md"]), id="unknown key, told only"),
    ],
)
def test_what_is_judged(vault, capsys, arguments, expected):
    assert paths(capsys, *arguments) == expected


def test_presets_choose_rules(vault, capsys):
    run(["check", "--preset", "strict", "--output-format", "json"])
    strict = json.loads(capsys.readouterr().out)["summary"]["by_rule"]
    run(["check", "--output-format", "json"])
    assert json.loads(capsys.readouterr().out)["summary"]["by_rule"].items() <= strict.items()


def test_unknown_keys_are_told_with_the_nearest(vault, capsys):
    (vault / "vaultkit.toml").write_text("[lint]\nselct = []\n")
    run(["check"])
    assert "unknown key `lint.selct`; did you mean 'select'?" in capsys.readouterr().err


def test_extend_and_the_users_own_file(vault, capsys, tmp_path):
    (tmp_path / "home/vaultkit").mkdir(parents=True)
    (tmp_path / "home/vaultkit/vaultkit.toml").write_text('[lint]\nignore = ["LK001"]\n')
    assert paths(capsys) == (0, [])
    (tmp_path / "base.toml").write_text('index-only = ["Daily/**"]\n')
    (vault / ".vaultkit.toml").write_text('extend = "../base.toml"\n[lint.severity]\nLK001 = "error"\n')
    assert paths(capsys) == (1, ["a.md"])


def test_files_why(vault, capsys):
    (vault / "Sub/.obsidian").mkdir(parents=True)
    (vault / "pic.png").write_text("")
    (vault / ".vaultkit.toml").write_text('exclude = ["Daily/**"]\n')
    assert run(["files", "--why"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "index  Clippings/c.md  (ignored in the Linter plugin's settings)",
        "skip   Daily/d.md  (excluded in the configuration)",
        "index  Forms/t.md  (template)",
        "index  Old/o.md  (excluded in Obsidian's settings)",
        "skip   Sub/  (a separate vault)",
        "lint   a.md",
        "index  pic.png  (attachment)",
    ]


def test_config_show_names_the_file_of_each_setting(vault, capsys):
    (vault.parent / "base.toml").write_text('preset = "learning"\nexclude = ["x"]\n')
    (vault / ".vaultkit.toml").write_text('extend = "../base.toml"\n[rules.LK001]\nallow = ["2026-*"]\n')
    assert run(["config", "show"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f'preset = "learning"  # {vault}/../base.toml' in lines
    assert f'rules.LK001.allow = ["2026-*"]  # {vault}/.vaultkit.toml' in lines
    assert "lint.ignore = []  # default" in lines
    tomllib.loads("\n".join(lines))


@pytest.mark.parametrize(
    ("arguments", "status", "out"),
    [
        (["get", "preset"], 0, "default\n"),
        (["get", "rules.EM003.prefer"], 0, "last\n"),
        (["get", "rules.LK001.allow"], 0, "[]\n"),
        (["get", "presett"], 2, ""),
        (["file"], 1, ""),
    ],
)
def test_config_get_and_file(vault, capsys, arguments, status, out):
    assert (run(["config", *arguments]), capsys.readouterr().out) == (status, out)


def test_config_schema_takes_what_init_writes(vault, capsys):
    jsonschema = pytest.importorskip("jsonschema", reason="needs the test extra")
    assert run(["config", "schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert run(["init", "--preset", "publish"]) == 0
    text = (vault / ".vaultkit.toml").read_text()
    assert tomllib.loads(text)["preset"] == "publish"
    uncommented = re.sub(r'^# (?=\[|"?[\w*/-]+"? = )', "", text, flags=re.MULTILINE)
    document = tomllib.loads(uncommented)
    jsonschema.validate(document, schema)
    assert document["rules"]["EM003"] == {"prefer": "last"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"lint": {"selct": []}}, schema)


def test_init_overwrites_nothing(vault, capsys):
    (vault / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert run(["init", "--pyproject"]) == 0
    assert (vault / "pyproject.toml").read_text().startswith("[project]\nname = 'x'\n\n[tool.vaultkit]\n")
    before = (vault / "pyproject.toml").read_text()
    assert run(["init", "--pyproject"]) == 2
    assert run(["init"]) == 2
    assert (vault / "pyproject.toml").read_text() == before
    assert run(["check"]) == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param([], (1, ["a.md"]), id="ignored notes are not judged"),
        pytest.param(["--no-respect-gitignore"], (1, ["Daily/d.md", "a.md"]), id="unless asked for"),
        pytest.param(["--config", "respect-gitignore = false"], (1, ["Daily/d.md", "a.md"]), id="by configuration"),
        pytest.param(["Daily/d.md"], (1, ["Daily/d.md"]), id="named"),
        pytest.param(["Daily"], (0, []), id="only its folder is named"),
        pytest.param(["--force-exclude", "Daily/d.md"], (0, []), id="named, by force"),
        pytest.param(["--config", "respect-gitignore = 1"], (2, []), id="no switch"),
    ],
)
def test_what_git_ignores_is_a_link_target_only(vault, capsys, arguments, expected):
    (vault / ".gitignore").write_text("Daily/\n*.png\n")
    (vault / "a.md").write_text("[[d]] [[xx://x]] ![[p.png]]")
    (vault / "p.png").write_bytes(b"")
    assert paths(capsys, "--ignore", "EM", *arguments) == expected
    run(["files", "--why"])
    assert "index  Daily/d.md  (ignored by Git)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["--no-obsidian-config"], ["Clippings/c.md", "Daily/d.md", "Forms/t.md", "Old/o.md", "a.md"], id="off"),
        pytest.param(["--config", "obsidian-config = false"],
                     ["Clippings/c.md", "Daily/d.md", "Forms/t.md", "Old/o.md", "a.md"], id="off, by configuration"),
        pytest.param(["--config", "obsidian-folder = '.obsidian-phone'"],
                     ["Clippings/c.md", "Daily/d.md", "Forms/t.md", "Old/o.md"], id="another folder"),
    ],
)  # fmt: skip
def test_obsidians_own_settings_can_be_left_alone(vault, capsys, arguments, expected):
    (vault / ".obsidian/app.json").write_text('{"userIgnoreFilters": ["Old/"], "attachmentFolderPath": "gone"}')
    (vault / ".obsidian-phone").mkdir()
    (vault / ".obsidian-phone/app.json").write_text('{"userIgnoreFilters": ["a.md"]}')
    assert paths(capsys, "--select", "LK001,HY003", *arguments) == (1, expected)


@pytest.mark.parametrize("value", ["3", "''", "'a/b'", "'..'"])
def test_the_name_of_the_settings_folder_is_one_name(vault, capsys, value):
    assert paths(capsys, "--config", f"obsidian-folder = {value}") == (2, [])


def test_that_git_ignores_all_is_said(vault, capsys):
    (vault / ".gitignore").write_text("*.md\n")
    assert run(["check"]) == 0
    assert "git ignores all these notes" in capsys.readouterr().err
    assert run(["check", "a.md"]) == 1
    assert "git ignores" not in capsys.readouterr().err
