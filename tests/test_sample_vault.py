"""The sample vault: what a newcomer opens first has the faults that were planted in it, and no others."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import PIL
import pytest
import yaml
from PIL import Image, ImageChops

from vaultkit.config import Config
from vaultkit.lint.check import check_folder
from vaultkit.lint.plan import plan_of
from vaultkit.vault.files import file_kind
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace, load_vault

HERE = Path(__file__).parent
VAULT = HERE.parent / "vault"
EXPECTED = HERE / "sample" / "expected_findings.json"
# The version of Pillow that drew the pictures in the vault; another one may place letters otherwise.
DRAWN_WITH = "13.0.0"


@pytest.fixture(scope="module")
def vault() -> Snapshot:
    return load_vault(VAULT)


def test_exactly_the_planted_faults_are_found() -> None:
    config = Config()
    _, report = check_folder(Workspace(str(VAULT), config, has_store=False), plan_of(config))
    found = [(one.path, one.line, one.column, one.code) for one in report.findings]
    planted = json.loads(EXPECTED.read_text(encoding="utf-8"))["findings"]
    expected = [(one["path"], one["line"], one["column"], one["code"]) for one in planted]
    assert sorted(found) == sorted(expected)
    assert len(planted) >= 25
    assert report.checked >= 75


def test_what_was_planted_stands_where_it_is_said_to() -> None:
    for one in json.loads(EXPECTED.read_text(encoding="utf-8"))["findings"]:
        text = (VAULT / one["path"]).read_text(encoding="utf-8")
        rest = "\n".join(text.split("\n")[one["line"] - 1 :])[one["column"] - 1 :]
        assert rest, one
        assert one["why"], one


def test_everything_in_it_can_be_read(vault: Snapshot) -> None:
    assert vault.faults == ()
    assert vault.nested == ()
    assert vault.settings.faults == ()
    assert [path for path, note in vault.notes.items() if note.fault] == []
    assert [path for path, file in vault.files.items() if file.kind == "unsupported"] == []


def test_canvas(vault: Snapshot) -> None:
    assert vault.canvases
    for path, canvas in vault.canvases.items():
        assert canvas.fault == ""
        assert canvas.dangling_edges == ()
        assert canvas.nodes
        assert vault.unresolved[path] == {}
        assert all(vault.place(node.path, node.subpath).kind != "missing" for node in canvas.nodes if node.subpath)


def test_base(vault: Snapshot) -> None:
    bases = [path for path in vault.files if file_kind(path) == "base"]
    assert bases
    for path in bases:
        base = yaml.safe_load((VAULT / path).read_text(encoding="utf-8"))
        assert set(base) <= {"filters", "formulas", "properties", "summaries", "views"}
        assert base["views"]
        assert all({"type", "name"} <= set(view) for view in base["views"])


def test_notes_are_densely_linked(vault: Snapshot) -> None:
    concepts = [path for path in vault.notes if path.startswith("Concepts/")]
    assert concepts
    assert [path for path in concepts if not vault.backlinks.get(path)] == []
    assert [path for path in concepts if not vault.resolved[path]] == []


def test_pictures_are_those_that_the_script_draws(tmp_path: Path) -> None:
    script = HERE / "sample" / "draw_pictures.py"
    spec = importlib.util.spec_from_file_location("draw_pictures", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main([str(tmp_path)])
    kept = sorted(path.name for path in (VAULT / "Attachments").glob("*.png"))
    assert sorted(path.name for path in tmp_path.iterdir()) == kept
    differing = []
    for name in kept:
        with Image.open(VAULT / "Attachments" / name) as expected, Image.open(tmp_path / name) as drawn:
            assert drawn.size == expected.size
            if ImageChops.difference(drawn.convert("RGB"), expected.convert("RGB")).getbbox() is not None:
                differing.append(name)
    if differing and PIL.__version__ != DRAWN_WITH:
        pytest.skip(f"Pillow {PIL.__version__} draws letters otherwise than {DRAWN_WITH}: {', '.join(differing)}")
    assert differing == []
