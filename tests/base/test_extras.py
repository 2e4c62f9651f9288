"""A small core: what is an extra, and what a command says where the extra is missing."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from vaultkit.base import extras
from vaultkit.cli.entry_point import run

PROJECT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
IMPORT_NAMES = {
    "pillow": "PIL",
    "python-frontmatter": "frontmatter",
    "pyyaml": "yaml",
    "ahocorasick-rs": "ahocorasick_rs",
}


# Packages that come with one of the others: jinja2 needs markupsafe, mcp the rest.
NEEDED = {"anyio", "markupsafe", "mcp_types", "uvicorn"}


def packages(requirements: list[str]) -> set[str]:
    names = {re.split(r"[<>=\[; ]", line)[0] for line in requirements}
    return {IMPORT_NAMES.get(name, name) for name in names}


def test_the_core_has_no_package_of_an_extra() -> None:
    assert not packages(SETTINGS["dependencies"]) & set(extras.EXTRA_OF)
    assert {"networkx", "frontmatter", "click", "PIL"} <= packages(SETTINGS["dependencies"])


def test_every_extra_installs_what_its_message_promises() -> None:
    optional = SETTINGS["optional-dependencies"]
    for package, extra in extras.EXTRA_OF.items():
        assert package in packages(optional[extra]) | NEEDED, package
    everything = set(optional) - {"all", "test"}
    assert optional["all"] == [f"obsidian-vaultkit[{','.join(sorted(everything))}]"]


@pytest.mark.parametrize(
    ("words", "hidden", "extra"),
    [
        (["graph", "stats"], "numpy", "map"),
        (["map", "-o", "map.html"], "numpy", "map"),
        (["map", "-o", "map.html"], "pyvis", "map"),
        (["suggest"], "numpy", "map"),
        (["report"], "numpy", "map"),
        (["wanted", "--by-topic"], "numpy", "map"),
        (["graph", "export", "parquet", "-o", "x"], "pyarrow", "parquet"),
        (["cards", "export", "anki", "-o", "x.apkg"], "genanki", "anki"),
        (["import", "deck.csv", "--to", "Cards"], "ftfy", "import"),
        (["pictures", "--engine", "rapidocr"], "rapidocr", "ocr"),
    ],
)
def test_a_missing_extra_is_one_sentence_with_the_command(
    words: list[str],
    hidden: str,
    extra: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("[[b]] ![[c.png]]\n\n#flashcards\n\nQ::A\n")
    (tmp_path / "c.png").write_bytes(b"")
    (tmp_path / "deck.csv").write_text("Front,Back\nCafÃ©,y\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    hide(monkeypatch, hidden)
    assert run(words) == 2
    told = capsys.readouterr().err.strip().splitlines()
    errors = [line for line in told if line.startswith("error: ")]
    assert len(errors) == 1
    assert errors[0].startswith("error: ")
    assert f"needs {hidden}; install it with `" in errors[0]
    assert errors[0].endswith(f"[{extra}]'`")
    assert not (tmp_path / "Cards").exists()


def hide(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    """Make the package, and all modules of ours that have loaded it, look absent."""
    import vaultkit

    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == package:
            monkeypatch.delitem(sys.modules, name)
        elif name.startswith(("vaultkit.graph", "vaultkit.map", "vaultkit.pictures", "vaultkit.cards")):
            monkeypatch.delitem(sys.modules, name)
            parent, _, leaf = name.rpartition(".")
            if getattr(sys.modules.get(parent, vaultkit), leaf, None) is module:
                monkeypatch.delattr(sys.modules[parent], leaf)

    class Absent:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name.partition(".")[0] == package:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(sys, "meta_path", [Absent(), *sys.meta_path])


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--select", "ALL"],
        ["stats"],
        ["wanted"],
        ["cards", "list"],
        ["unresolved"],
        ["metadata", "a"],
        ["orphans"],
    ],
)
def test_the_core_works_without_any_extra(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("[[b]]\n\n#flashcards\n\nQ::A\n")
    monkeypatch.chdir(tmp_path)
    for package in extras.EXTRA_OF:
        hide(monkeypatch, package)
    assert run(words) <= 1, capsys.readouterr().err


@pytest.mark.parametrize(
    ("origin", "what"),
    [
        (None, "obsidian-vaultkit[map]"),
        ({"url": "https://example.org/v.git", "vcs_info": {"vcs": "git", "commit_id": "1"}},
         "obsidian-vaultkit[map] @ git+https://example.org/v.git"),
        ({"url": "file:///nowhere/at/all", "dir_info": {}}, "obsidian-vaultkit[map]"),
        ({"url": PROJECT.as_uri(), "dir_info": {}}, f"{PROJECT}[map]"),
    ],
    ids=["package index", "git", "folder that is gone", "clone"],
)  # fmt: skip
def test_the_command_installs_from_the_same_place(origin: object, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return None if origin is None else json.dumps(origin)

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed())
    monkeypatch.setattr(sys, "prefix", "/usr")
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    assert extras.install_command("map") == f"/usr/bin/python3 -m pip install '{what}'"
    monkeypatch.setattr(sys, "prefix", "/home/a/.local/share/pipx/venvs/obsidian-vaultkit")
    assert extras.install_command("map") == f"pipx install --force '{what}'"
    monkeypatch.setattr(sys, "prefix", "/home/a/.local/share/uv/tools/obsidian-vaultkit")
    assert extras.install_command("map") == f"uv tool install --force '{what}'"
