"""`vaultkit pictures` and the commands below it, as a user sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from drawn import IDENTITY, fake, picture, vault

from vaultkit.base.extras import install_command
from vaultkit.cli.entry_point import run
from vaultkit.cli.schemas import schema
from vaultkit.pictures import rapidocr_engine, tesseract_engine
from vaultkit.pictures.corrections import FILE

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def fake_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds only the engine of the tests."""
    from vaultkit.cli.commands import pictures

    monkeypatch.setattr(pictures, "require_engine", lambda name: name or "rapidocr")
    monkeypatch.setattr(pictures, "engine_identity", lambda name, languages: IDENTITY)
    monkeypatch.setattr(pictures, "make_engine", lambda name, languages, threads: fake(threads))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_engine: None) -> Path:
    """A vault with three pictures, one of them damaged; the working directory."""
    files: dict[str, str | bytes] = {
        "Deck.md": "![[slide.png]]\n",
        "MinHash.md": "Bands and rows.\n",
        "slide.png": "MinHash\nwhat ? is",
        "pics/empty.png": "",
        "pics/bad.png": b"oops",
    }
    monkeypatch.chdir(vault(tmp_path, files))
    return tmp_path


def called(capfd: Capture, *words: str) -> tuple[int, list[str], list[str]]:
    """Exit status, lines of stdout, lines of stderr."""
    capfd.readouterr()
    status = run(list(words))
    out, err = capfd.readouterr()
    return status, out.splitlines(), err.splitlines()


def test_read_show_edit_undo(here: Path, capfd: Capture) -> None:
    assert called(capfd, "pictures") == (
        0,
        [
            "pics/bad.png: skipped: not read: no known picture format",
            "2 pictures read, 1 with text, 1 skipped, 1 unsure (confidence below 0.8)",
        ],
        ["note: read 3 now in 1 s with fake 1"],
    )
    assert called(capfd, "pictures")[2] == []
    assert called(capfd, "pictures", "show", "slide.png") == (
        0,
        ["MinHash", "what ? is"],
        [
            "note: slide.png: confidence 0.75, read by fake 1",
            "note: unsure: `what ? is` (0.60); correct them with `vaultkit pictures edit`",
        ],
    )
    done = ["note: slide.png: correction written to .vaultkit/pictures.jsonl"]
    assert called(capfd, "pictures", "edit", "slide.png", "--text", "MinHash\nwhat it is") == (0, [], done)
    assert called(capfd, "pictures", "show", "slide.png") == (
        0,
        ["MinHash", "what it is"],
        ["note: slide.png: corrected by hand"],
    )
    assert called(capfd, "pictures")[1][-1] == "2 pictures read, 1 with text, 1 skipped, 1 corrected by hand"
    assert called(capfd, "pictures", "edit", "slide.png", "--undo")[0] == 0
    assert called(capfd, "pictures", "show", "slide.png")[1] == ["MinHash", "what ? is"]
    assert called(capfd, "pictures", "list", "--unsure") == (0, ["slide.png\t0.7531\tocr\t\tMinHash what ? is"], [])


def test_a_correction_follows_a_moved_picture_and_ends_with_other_content(here: Path, capfd: Capture) -> None:
    called(capfd, "pictures")
    called(capfd, "pictures", "edit", "slide.png", "--text", "mine")
    (here / "slide.png").rename(here / "pics" / "moved.png")
    assert called(capfd, "pictures", "show", "moved.png")[1] == ["mine"]
    vault(here, {"pics/moved.png": "other"})
    assert called(capfd, "pictures", "show", "moved.png") == (
        2,
        [],
        ["error: pics/moved.png: not read yet; run `vaultkit pictures`"],
    )
    assert called(capfd, "pictures")[2][-1] == (
        f"note: {FILE}: no picture has the content that was corrected any more: slide.png"
    )


def test_corrections_hold_without_a_cache(here: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    called(capfd, "pictures", "edit", "slide.png", "--text", "written before anything was read")
    monkeypatch.setenv("VAULTKIT_NO_CACHE", "1")
    assert called(capfd, "pictures", "show", "slide.png")[1] == ["written before anything was read"]


def test_the_file_of_corrections_is_plain_and_sorted(here: Path, capfd: Capture) -> None:
    vault(here, {"b.png": "b"})
    for name in ("slide.png", "b.png"):
        called(capfd, "pictures", "edit", name, "--text", "größer\nals")
    rows = [json.loads(line) for line in (here / FILE).read_text("utf-8").splitlines()]
    assert [row["picture"] for row in rows] == ["b.png", "slide.png"]
    assert "größer" in (here / FILE).read_text("utf-8")
    assert all(set(row) == {"picture", "hash", "text"} for row in rows)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<<<<<<< HEAD", "a merge conflict; keep one side"),
        ("{}", "not a correction"),
        ("[1]", "not a correction"),
        ('{"picture": 1, "hash": "x", "text": ""}', "not a correction"),
        ("{" * 3, "not a correction"),
    ],
)
def test_a_damaged_file_of_corrections_is_told_and_kept(here: Path, capfd: Capture, line: str, message: str) -> None:
    place = here / FILE
    place.parent.mkdir()
    place.write_text(f"\n{line}\n", encoding="utf-8")
    for words in (["pictures"], ["pictures", "show", "slide.png"], ["pictures", "edit", "slide.png", "--text", "x"]):
        assert called(capfd, *words) == (2, [], [f"error: {FILE}:2: {message}"])
    assert place.read_text(encoding="utf-8") == f"\n{line}\n"


def test_the_file_of_corrections_does_not_lead_out_of_the_vault(here: Path, capfd: Capture) -> None:
    outside = here.parent / f"{here.name}-outside"
    outside.mkdir()
    (here / ".vaultkit").symlink_to(outside)
    status, _, err = called(capfd, "pictures", "edit", "slide.png", "--text", "x")
    assert (status, err) == (2, [f"error: {FILE}: cannot be read (Outside of the vault)"])
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell script")
def test_edit_in_an_editor(here: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    called(capfd, "pictures")
    editor = here / "my editor.sh"
    editor.write_text("#!/bin/sh\nprintf 'more\\n' >> \"$2\"\n", encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{editor}' --wait")
    assert called(capfd, "pictures", "edit", "slide.png")[0] == 0
    assert called(capfd, "pictures", "show", "slide.png")[1] == ["MinHash", "what ? is", "more"]
    for command, reason in (("false", "exit status 1; nothing was changed"), ("/nowhere/x", "cannot be started")):
        monkeypatch.setenv("EDITOR", command)
        status, _, err = called(capfd, "pictures", "edit", "slide.png")
        assert status == 2
        assert reason in err[0]
    monkeypatch.delenv("EDITOR")
    assert called(capfd, "pictures", "edit", "slide.png")[2] == [
        "error: no editor is set; set EDITOR, or give the text with --text"
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("show nothing.png", "nothing.png: no such file in the vault; `vaultkit files` lists them"),
        ("show Deck", "Deck.md: not a picture or PDF; read are avif, bmp, gif, jpeg, jpg, pdf, png, webp"),
        ("show slide.png", "slide.png: not read yet; run `vaultkit pictures`"),
        ("list", "no picture of this vault was read yet; run `vaultkit pictures` first"),
        ("edit slide.png --undo", "slide.png: has no correction"),
        ("edit slide.png --undo --text x", "--undo and --text: give only one of them"),
    ],
)
def test_fault(here: Path, capfd: Capture, words: str, message: str) -> None:
    assert called(capfd, "pictures", *words.split()) == (2, [], [f"error: {message}"])


@pytest.mark.parametrize("words", ["", "list", "show slide.png"])
def test_json_answers_to_its_schema(here: Path, capfd: Capture, words: str) -> None:
    called(capfd, "pictures")
    status, out, _ = called(capfd, "pictures", *words.split(), "--json")
    assert status == 0
    name = f"pictures {words.split()[0]}" if words else "pictures"
    answer = json.loads("\n".join(out))
    jsonschema.validate(answer, schema(name))
    assert answer


def test_the_vault_may_stand_before_and_behind(here: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    called(capfd, "pictures")
    monkeypatch.chdir(here.parent)
    for words in (
        ["pictures", "show", "slide.png", "--vault", str(here)],
        ["pictures", "--vault", str(here), "show", "slide.png"],
        [f"vault={here}", "pictures", "show", "slide.png"],
    ):
        assert called(capfd, *words)[1] == ["MinHash", "what ? is"], words


def test_without_an_engine_one_sentence_says_what_to_install(
    tmp_path: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(vault(tmp_path, {"a.png": "text"}))
    monkeypatch.setattr(rapidocr_engine, "is_installed", lambda: False)
    monkeypatch.setattr(tesseract_engine, "is_installed", lambda: False)
    install = f"needs rapidocr; install it with `{install_command('ocr')}`"
    assert called(capfd, "pictures") == (2, [], [f"error: reading pictures (without tesseract) {install}"])
    assert called(capfd, "pictures", "--engine", "rapidocr")[2] == [f"error: --engine rapidocr {install}"]
    assert called(capfd, "pictures", "--engine", "tesseract")[2] == [
        "error: --engine tesseract: not installed; install the program tesseract and its language data"
    ]


NO_NETWORK = """
import socket, sys
def refuse(*rest, **more):
    raise AssertionError("a socket was asked for")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
sys.argv = ["vaultkit", *{words!r}]
from vaultkit.cli.entry_point import main
main()
"""


def test_the_real_engine_reads_a_slide_without_a_socket(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="the extra [ocr] is not installed")
    pytest.importorskip("onnxruntime", reason="the extra [ocr] is not installed")
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (480, 120), "white")
    ImageDraw.Draw(image).text((20, 30), "Locality-sensitive hashing", "black", ImageFont.load_default(32))
    image.save(tmp_path / "slide.png")
    (tmp_path / ".obsidian").mkdir()
    for words in (["pictures"], ["pictures", "show", "slide.png"]):
        done = subprocess.run(
            [sys.executable, "-c", NO_NETWORK.format(words=words)], cwd=tmp_path, capture_output=True, timeout=120
        )
        assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == "Locality-sensitive hashing\n"


def test_other_commands_load_no_engine(here: Path, capfd: Capture) -> None:
    called(capfd, "pictures")
    code = "import sys; from vaultkit.cli.entry_point import run; run({!r}); print('\\n', *sys.modules)"
    for words in (["check", "--exit-zero"], ["pictures", "show", "slide.png"], ["pictures", "--help"]):
        done = subprocess.run([sys.executable, "-c", code.format(words)], cwd=here, capture_output=True, timeout=60)
        loaded = set(done.stdout.decode().splitlines()[-1].split())
        assert "vaultkit" in loaded
        assert not loaded & {"rapidocr", "onnxruntime", "cv2", "pypdfium2", "numpy", "PIL.Image"}, words
        assert words[0] == "pictures" or "vaultkit.pictures.store" not in loaded


def test_clean_deletes_the_texts_and_no_correction(here: Path, capfd: Capture, own_cache: Path) -> None:
    called(capfd, "pictures")
    called(capfd, "pictures", "edit", "slide.png", "--text", "mine")
    assert called(capfd, "clean")[0] == 0
    assert not list(own_cache.rglob("texts.sqlite"))
    assert called(capfd, "pictures", "show", "slide.png")[1] == ["mine"]
    assert called(capfd, "pictures", "show", "empty.png")[0] == 2


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are text")
@pytest.mark.parametrize("name", [b"\xff.png", "gr\u00fcn \u7ec6.png".encode(), b"new\nline.png", b"-x.png"], ids=repr)
def test_odd_names(here: Path, capfd: Capture, name: bytes) -> None:
    (Path(os.fsdecode(bytes(here) + b"/" + name))).write_bytes(picture("odd"))
    old = time.time() - 100
    for place in here.rglob("*.png"):
        os.utime(place, (old, old))
    for _ in range(2):
        assert called(capfd, "pictures")[0] == 0
    path = os.fsdecode(name)
    assert called(capfd, "pictures", "show", "--", path)[1] == ["odd"]
    assert called(capfd, "pictures", "edit", "--text", "mine", "--", path)[0] == 0
    assert called(capfd, "pictures", "show", "--", path)[1] == ["mine"]
    for words in (["list"], ["list", "--json"], ["sheet", "-o", "x.html"], ["similar"], ["alt"], ["cards"]):
        assert called(capfd, "pictures", *words)[0] == 0
    assert called(capfd, "search", "query=mine", "pictures")[0] == 0
