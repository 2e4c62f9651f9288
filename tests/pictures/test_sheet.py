"""The contact sheet: one page, no script, nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from drawn import IDENTITY, fake, vault

from vaultkit.cli.entry_point import run
from vaultkit.pictures.reading import read_pictures
from vaultkit.vault.files import walk

EVIL = '<img src=x onerror="alert(1)"> "\'&'


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    files: dict[str, str | bytes] = {
        "A.md": "![[good.png]]",
        "good.png": f"{EVIL}\nsecond line",
        "<b>unsure</b>.png": "what ?",
        "bad.png": b"oops",
        "z-later.png": "x",
    }
    monkeypatch.chdir(vault(tmp_path, files))
    paths = [one.path for one in walk(str(tmp_path)).files if not one.path.startswith("z")]
    read_pictures(str(tmp_path), paths, fake, IDENTITY, jobs=1)
    assert run(["pictures", "sheet", "-o", "sheet.html"]) == 0
    return (tmp_path / "sheet.html").read_text(encoding="utf-8")


def test_what_needs_a_look_comes_first(page: str) -> None:
    heads = re.findall(r"<h2>(.*?)</h2>", page)
    assert heads == ["&lt;b&gt;unsure&lt;/b&gt;.png", "bad.png", "good.png", "z-later.png"]
    assert "skipped: not read: no known picture format" in page
    assert "not read yet" in page
    assert "confidence 0.60" in page
    assert "in A.md" in page
    assert "4 pictures, 2 read, 2 with text" in page


def test_text_of_a_picture_is_only_text(page: str) -> None:
    assert "onerror" in page
    assert not re.search(r"<[^>]*onerror=\"", page)
    tags = set(re.findall(r"<(\w+)", page))
    assert tags == {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li", "img", "pre"}


def test_the_page_fetches_nothing_and_runs_nothing(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy and style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    allowed = policy[1].replace("&#x27;", "'")
    assert allowed == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert all(one.startswith("data:image/webp;base64,") for one in re.findall(r'src="([^"]*)"', page))
    assert "http" not in page.replace("http-equiv", "")
    assert "style=" not in page


def test_a_folder_is_no_place_for_the_page(page: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["pictures", "sheet", "-o", "."]) == 2
    assert "is a directory" in capfd.readouterr().err
    assert run(["pictures", "sheet", "-o", "-"]) == 0
    assert capfd.readouterr().out.startswith("<!doctype html>")
