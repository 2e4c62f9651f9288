"""Configuration: where it is found, what it says, what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vaultkit.base.errors import ConfigError
from vaultkit.config import Config, find_config, parse_config, read_config


def write(path: Path, text: str = "") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_nearest_file_from_the_vault_upwards(tmp_path: Path) -> None:
    folder = tmp_path / "above" / "vault"
    folder.mkdir(parents=True)
    above = write(tmp_path / "above" / "vaultkit.toml")
    assert find_config(str(folder)) == above
    write(folder / "pyproject.toml", "[project]\nname = 'x'\n")
    assert find_config(str(folder)) == above, "a pyproject.toml without our table is none"
    project = write(folder / "pyproject.toml", "[tool.vaultkit]\n")
    assert find_config(str(folder)) == project
    plain = write(folder / "vaultkit.toml")
    assert find_config(str(folder)) == plain, "before pyproject.toml"
    hidden = write(folder / ".vaultkit.toml")
    assert find_config(str(folder)) == hidden, "before both"


def test_every_key(tmp_path: Path) -> None:
    path = write(
        tmp_path / "vaultkit.toml",
        """
        preset = "publish"
        exclude = ["a/"]
        extend-exclude = ["b/"]
        index-only = ["Templates/**"]
        [lint]
        select = ["LK"]
        extend-select = ["PR010"]
        ignore = ["LK001"]
        [lint.per-file-ignores]
        "Daily/**" = ["ST011"]
        [lint.severity]
        EM010 = "info"
        [rules.LK001]
        allow = ["2026-*"]
        deep = 3
        [cards]
        formats = ["sr"]
        """,
    )
    assert read_config(path) == Config(
        source=path,
        preset="publish",
        exclude=("a/", "b/"),
        index_only=("Templates/**",),
        select=("LK",),
        extend_select=("PR010",),
        ignore=("LK001",),
        per_file_ignores=(("Daily/**", ("ST011",)),),
        severity=(("EM010", "info"),),
        rule_options=(("LK001", (("allow", ("2026-*",)), ("deep", 3))),),
        cards=(("formats", ("sr",)),),
    )


def test_pyproject_holds_it_in_its_own_table(tmp_path: Path) -> None:
    path = write(tmp_path / "pyproject.toml", "[tool.other]\nx = 1\n[tool.vaultkit]\npreset = 'strict'\n")
    config = read_config(path)
    assert (config.preset, config.notices) == ("strict", ())


def test_extend_inherits_and_overrides(tmp_path: Path) -> None:
    write(tmp_path / "base.toml", "preset = 'publish'\n[lint]\nignore = ['LK001']\n[rules.LK001]\nallow = ['a']\n")
    write(tmp_path / "sub" / "middle.toml", "extend = '../base.toml'\n[lint]\nselect = ['LK']\n")
    path = write(tmp_path / "vaultkit.toml", "extend = 'sub/middle.toml'\n[lint]\nignore = ['LK002']\n")
    config = read_config(path)
    assert (config.preset, config.select, config.ignore) == ("publish", ("LK",), ("LK002",))
    assert config.rule_options == (("LK001", (("allow", ("a",)),)),)


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    assert read_config(write(tmp_path / "vaultkit.toml", "\ufeffpreset = 'strict'")).preset == "strict"


@pytest.mark.parametrize(
    ("table", "notice"),
    [
        pytest.param({"exclud": []}, "unknown key `exclud`; did you mean 'exclude'?", id="at the top"),
        pytest.param({"lint": {"selct": []}}, "unknown key `lint.selct`; did you mean 'select'?", id="in a table"),
        pytest.param({"zzz": 1}, "unknown key `zzz`", id="like none"),
    ],
)
def test_unknown_keys_are_told(table: dict[str, Any], notice: str) -> None:
    (told,) = parse_config(table, "x.toml").notices
    assert told == f"x.toml: {notice}"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        pytest.param({"preset": "strikt"}, "preset 'strikt' is not one of", id="an unknown preset"),
        pytest.param({"preset": ["strict"]}, "preset ['strict'] is not one of", id="a preset that is a list"),
        pytest.param({"exclude": "a/"}, "`exclude` must be a list of texts", id="a text for a list"),
        pytest.param({"index-only": [1]}, "`index-only` must be a list of texts", id="numbers in a list"),
        pytest.param({"lint": []}, "`lint` must be a table", id="a list for a table"),
        pytest.param({"lint": {"severity": {"LK001": "loud"}}}, "lint.severity.LK001 must be one of", id="a severity"),
        pytest.param({"lint": {"per-file-ignores": {"a": "LK"}}}, 'lint.per-file-ignores."a"', id="rules of a pattern"),
        pytest.param({"rules": {"LK001": 1}}, "rules.LK001 must be a table of options", id="options"),
        pytest.param({"rules": {"LK001": {"a": {}}}}, "`rules.LK001.a` must be", id="an option that is a table"),
        pytest.param({"rules": {"LK001": {"a": [1]}}}, "`rules.LK001.a` must be", id="an option of numbers"),
    ],
)
def test_wrong_values_are_refused(table: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_config(table, "x.toml")
    assert str(refused.value).startswith("x.toml: ")
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("a = \n", "line 1, column 5", id="in the middle"),
        pytest.param("a = [1", "line 1, column 7", id="at the end of the file"),
        pytest.param("a = 1\nb = [\n", "line 3, column 1", id="at the end, behind a line end"),
        pytest.param("a = 1\na = 2\n", "line 2", id="a key twice"),
    ],
)
def test_broken_toml_names_its_place(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(ConfigError, match=place):
        read_config(write(tmp_path / "vaultkit.toml", text))
