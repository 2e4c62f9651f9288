"""The downloads of recorded data, from repositories made here instead of the network."""

from __future__ import annotations

import json
import subprocess
import tarfile
from pathlib import Path

import fetch
import pytest


def repository(base: Path, name: str, files: dict[str, str]) -> None:
    folder = base / name
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    for command in (
        ("init", "--quiet"),
        ("config", "uploadpack.allowAnySHA1InWant", "true"),
        ("add", "--all"),
        ("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "a"),
    ):
        subprocess.run(["git", "-C", str(folder), *command], check=True)


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    dump = {"cachedMetadata": {}, "fileContents": "", "filePath": "A.md"}
    repository(
        tmp_path / "base",
        "o/vault",
        {
            "A.md": "[[B]]\n",
            "d/p.png": "p",
            ".obsidian/app.json": "{}",
            ".obsidian/x.md": "",
            fetch.METADATA: "[]",
        },
    )
    repository(
        tmp_path / "base",
        "o/dumps",
        {
            f"{fetch.DUMPS}/a.json": json.dumps(dump),
            f"{fetch.DUMPS}/other.json": "{}",
            f"{fetch.DUMPED_VAULT}/A.md": "",
        },
    )
    sources = (
        fetch.Source("o-vault", "o/vault", "vault", None),
        fetch.Source("o-corpus", "o/vault", "corpus", None, "d"),
        fetch.Source("metadata-cache", "o/dumps", "dumps", None, fetch.DUMPED_VAULT),
        fetch.Source("o-missing", "o/missing", "makemd", None),
    )
    monkeypatch.setattr(fetch, "SOURCES", sources)
    return tmp_path / "base"


def names(archive: Path) -> list[str]:
    with tarfile.open(archive) as tar:
        return tar.getnames()


def test_writes_the_layout_that_the_tests_read(tmp_path: Path, base: Path) -> None:
    out = tmp_path / "out"
    assert fetch.main([str(out), "o-vault", "o-corpus", "metadata-cache", "--base", base.as_uri()]) == 0
    assert names(out / "oracle/vaults/o-vault.tar.xz") == [
        "o-vault/vault/.obsidian/app.json",
        "o-vault/vault/A.md",
        "o-vault/ATTACHMENTS.txt",
        "o-vault/obsidian-metadata.json",
    ]
    assert names(out / "corpus/o-corpus.tar.xz") == ["o-corpus/ATTACHMENTS.txt"]
    dumps = out / "oracle/metadata-cache"
    assert sorted(path.name for path in dumps.iterdir()) == ["FILES.txt", "a.json"]
    assert (dumps / "FILES.txt").read_text(encoding="utf-8") == "A.md\n"


def test_a_repository_that_cannot_be_read(tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch.main([str(tmp_path / "out"), "o-missing", "--base", base.as_uri()]) == 1
    assert "o-missing: Command" in capsys.readouterr().err


def test_an_unknown_name(tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch.main([str(tmp_path / "out"), "x"]) == 2
    assert "unknown name: x" in capsys.readouterr().err


def test_list_needs_no_network(capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch.main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(fetch.SOURCES) == len({source.name for source in fetch.SOURCES})
    assert [line for line in lines if line.startswith("dumps")] == [
        "dumps   metadata-cache                                         obsidian-tasks-group/obsidian-tasks commit unknown"
        " resources/sample_vaults/Tasks-Demo"
    ]
