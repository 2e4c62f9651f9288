"""The public Python API: its names and signatures, and what each function does in two lines."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from vaultkit import api

SIGNATURES = {
    "check": "(vault, *, select, ignore)",
    "check_texts": "(texts, *, select, ignore)",
    "concept_graph": "(vault)",
    "fix": "(vault, *, select, ignore, unsafe, dry_run)",
    "metadata": "(vault, paths)",
    "open_graph": "(vault)",
    "open_workspace": "(folder, config, *, use_cache)",
    "read_cards": "(vault)",
    "read_vault": "(vault)",
    "render_map": "(vault)",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(
        "# A\n\n[[b]] [[b|300]] ![[p.png|3|3]] [[Bb]]\n\n#flashcards\n\nQ::A\n", encoding="utf-8"
    )
    (tmp_path / "b.md").write_text("[[a]]\n", encoding="utf-8")
    (tmp_path / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path


def shown(name: str) -> str:
    parts = []
    for parameter in inspect.signature(getattr(api, name)).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        parts.append(parameter.name)
    return f"({', '.join(parts)})"


def test_names_and_signatures() -> None:
    functions = {name: shown(name) for name in api.__all__ if inspect.isfunction(getattr(api, name))}
    assert functions == SIGNATURES
    assert set(api.__all__) - set(functions) == {"Config", "ConfigError", "VaultkitError", "Workspace"}
    for name in functions:
        function = getattr(api, name)
        assert function.__doc__
        assert all(one.annotation != one.empty for one in inspect.signature(function).parameters.values()), name
        assert inspect.signature(function).return_annotation != inspect.Signature.empty


def test_check_and_fix(folder: Path) -> None:
    workspace = api.open_workspace(folder, use_cache=False)
    codes = [finding.code for finding in api.check(workspace).findings]
    assert "EM003" in codes
    assert [finding.code for finding in api.check(workspace, select=["EM003"]).findings] == ["EM003"]
    planned = api.fix(workspace, select=["EM003"], unsafe=True, dry_run=True)
    assert [change.path for change in planned.changes] == ["a.md"]
    assert "|3|3]]" in (folder / "a.md").read_text()
    api.fix(workspace, select=["EM003"], unsafe=True)
    assert "|3|3]]" not in (folder / "a.md").read_text()
    assert api.check(workspace, select=["EM003"]).findings == ()


def test_texts_in_memory() -> None:
    found = api.check_texts({"a.md": "[x](gone.md)", "b.md": "text"})
    assert [(finding.path, finding.code) for finding in found.findings] == [("a.md", "LK002")]


def test_graph_map_cards_and_metadata(folder: Path) -> None:
    workspace = api.open_workspace(folder, use_cache=False)
    assert {"note:a.md", "note:b.md"} <= set(api.concept_graph(workspace))
    assert api.open_graph(folder).core.edges == 4
    assert api.render_map(workspace).lower().startswith("<!doctype html>")
    assert [entry.block.front for entry in api.read_cards(workspace)] == ["Q"]
    assert [entry["path"] for entry in api.metadata(workspace, ["b.md"])] == ["b.md"]
    assert sorted(api.read_vault(workspace).notes) == ["a.md", "b.md"]


def test_errors_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(api.VaultkitError, match="no such folder"):
        api.check(tmp_path / "none")
    with pytest.raises(api.VaultkitError, match="no such note"):
        list(api.metadata(tmp_path, ["gone.md"]))
    (tmp_path / "vaultkit.toml").write_text("preset = 3")
    with pytest.raises(api.ConfigError):
        api.open_workspace(tmp_path)
