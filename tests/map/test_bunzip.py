"""The page's reader of bzip2 gives back what Python packed."""

from __future__ import annotations

import bz2
import os
import random
import shutil
import subprocess
from importlib import resources

import pytest

SCRIPT = """
import fs from "node:fs";
const { bunzipped } = await import(process.argv[1]);
for (const file of process.argv.slice(2)) {
  try {
    const read = Buffer.concat([...bunzipped(new Uint8Array(fs.readFileSync(file + ".bz2")))]);
    console.log(read.equals(fs.readFileSync(file)) ? "same" : "different");
  } catch (error) {
    console.log(error.message);
  }
}
"""
SEED = 7


@pytest.fixture
def read(tmp_path):
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI"):
            pytest.fail("no node; CI must have it")
        pytest.skip("no node to run the page's modules")
    module = resources.files("vaultkit.map").joinpath("assets", "src", "reader", "bunzip.js")

    def answers(cases: list[tuple[bytes, bytes]]) -> list[str]:
        """What the page's reader says to each (bytes, packed bytes)."""
        files = [tmp_path / str(at) for at in range(len(cases))]
        for file, (data, packed) in zip(files, cases, strict=True):
            file.write_bytes(data)
            file.with_suffix(".bz2").write_bytes(packed)
        command = [node, "--input-type=module", "-e", SCRIPT, f"file://{module}", *map(str, files)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert run.returncode == 0, run.stderr
        return run.stdout.splitlines()

    return answers


def texts() -> list[bytes]:
    """Runs around the lengths where the format changes, all bytes, noise, and random words."""
    chance = random.Random(SEED)
    runs = [b"a" * length for length in (0, 1, 3, 4, 5, 254, 255, 259, 260, 1000, 1_000_001)]
    mixed = [bytes(chance.choices(b"ab\0\xff", k=chance.randrange(2000))) for _ in range(40)]
    words = [" ".join(chance.choices(["one", "zwei", "三", "\n"], k=400)).encode() for _ in range(20)]
    return [*runs, *mixed, *words, bytes(range(256)) * 40, chance.randbytes(250_000), b"ab" * 600_000]


@pytest.mark.parametrize("level", [1, 9])
def test_what_was_packed_comes_back(read, level):
    cases = [(data, bz2.compress(data, level)) for data in texts()]
    assert read(cases) == ["same"] * len(cases)


def test_damaged_texts_end_with_a_message(read):
    chance = random.Random(SEED)
    packed = bz2.compress(b"some words of a note " * 50 + chance.randbytes(200))
    damaged = [b"", b"PK", *(packed[:end] for end in range(12, len(packed) - 20, 7))]
    said = read([(b"some", data) for data in damaged])
    assert set(said) == {"the texts are not bzip2", "the texts are damaged"}
    flipped = []
    for _ in range(300):
        data = bytearray(packed)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        flipped.append(bytes(data))
    assert len(read([(b"some", data) for data in flipped])) == 300  # it ends
