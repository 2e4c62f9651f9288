"""Time the language server on a large vault, and hold what it reports against a fresh check.

    python tests/bench/vault_generator.py FOLDER --notes 10000
    python tests/bench/lsp_speed.py FOLDER [--edits 1000] [--seed 1] [--compare-every 100]

Prints the start from the store, the time from each edit to its diagnostics (wall clock and the server's own processor
time), the server's memory, and how many findings differ from a check of the vault on disk with the same edits.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "lsp"))
from editor import Editor

from vaultkit.cli.serving import setup_for
from vaultkit.lint.check import checked
from vaultkit.lsp.vaults import EditedVault, VaultSetup
from vaultkit.vault.workspace import Workspace


def random_edit(random_: random.Random, text: str, names: list[str]) -> tuple[int, int, str]:
    """Start, end and new text of what a person does in a second or two."""
    at = random_.randrange(len(text) + 1)
    line = text.rfind("\n", 0, at) + 1
    name = random_.choice(names)
    kind = random_.random()
    if kind < 0.4:
        return at, at, random_.choice(["word ", "and more words ", "x", " "])
    if kind < 0.6:
        return at, at, random_.choice([f" [[{name}]] ", f" [[{name}#Part]] ", " [[Nowhere at all]] ", f"![[{name}]]"])
    if kind < 0.7:
        return line, line, random_.choice(["## A new heading\n", "# Part\n", "- item ^block1\n"])
    if kind < 0.78:
        return at, at, random_.choice([" #tag ", " #other/tag "])
    if kind < 0.84 and text.startswith("---\n"):
        return 4, 4, f"key{random_.randrange(9)}: value\n"
    end = min(len(text), at + random_.randrange(1, 40))
    return at, end, ""


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: int, field: str) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(field))


def session(folder: Path, edits: int, seed: int) -> None:
    """Edit notes in a session with the server and print the times."""
    random_ = random.Random(seed)
    notes = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.md"))
    names = [Path(note).stem for note in notes]
    begun = time.monotonic()
    editor = Editor(folder)
    first = notes[0]
    editor.open(first, (folder / first).read_text("utf-8") + "\n[[Nobody of this name]]\n")
    editor.wait_published(editor.uri(first))
    start = time.monotonic() - begun
    server = editor.process.pid
    print(f"start to first diagnostics: {start:.2f} s wall, {processor_seconds(server):.2f} s of the processor")
    texts: dict[str, str] = {}
    versions: dict[str, int] = {}
    walls, processor = [], []
    for number in range(edits):
        if number % 10 == 0:
            path = random_.choice(notes)
            if path not in texts:
                texts[path], versions[path] = (folder / path).read_text("utf-8"), 1
                editor.open(path, texts[path])
                editor.settle(quiet=0.4)
        begin, end, new = random_edit(random_, texts[path], names)
        texts[path] = texts[path][:begin] + new + texts[path][end:]
        versions[path] += 1
        time.sleep(0.2)
        before, now = processor_seconds(server), time.monotonic()
        editor.type(path, versions[path], [{"text": texts[path]}])
        editor.wait_published(editor.uri(path))
        walls.append(time.monotonic() - now)
        processor.append(processor_seconds(server) - before)
    for name, values in (("wall", walls), ("processor", processor)):
        values.sort()
        at99 = values[int(len(values) * 0.99)]
        print(
            f"{edits} edits, {name}: median {statistics.median(values) * 1000:.0f} ms, "
            f"99 % {at99 * 1000:.0f} ms, worst {values[-1] * 1000:.0f} ms"
        )
    print(f"memory: {memory(server, 'VmRSS'):.0f} MB now, {memory(server, 'VmHWM'):.0f} MB at most")
    editor.close()


def differences(folder: Path, edits: int, seed: int, every: int) -> None:
    """Make edits in memory and on disk, and compare the findings of the two."""
    random_ = random.Random(seed)
    with tempfile.TemporaryDirectory() as copy:
        root = Path(copy) / "vault"
        shutil.copytree(folder, root)
        setup = setup_for(str(root), has_store=False)
        vault = EditedVault(str(root), lambda _: VaultSetup(setup.workspace, setup.plan, setup.key), "utf-16")
        notes = sorted(path for path in vault.snapshot.notes)
        names = [Path(note).stem for note in notes]
        texts: dict[str, str] = {}
        wrong = compared = 0
        for number in range(1, edits + 1):
            path = random_.choice(notes)
            text = texts.get(path) or vault.text(path)
            begin, end, new = random_edit(random_, text, names)
            texts[path] = text[:begin] + new + text[end:]
            vault.open_text(path, texts[path], number)
            vault.check_edits()
            if number % every == 0:
                for one, written in texts.items():
                    (root / one).write_text(written, "utf-8", newline="")
                fresh = checked(Workspace(str(root), setup.workspace.config, has_store=False), setup.plan)
                assert fresh.state is not None
                old, now = fresh.state.findings, vault.live.state.findings
                bad = [one for one in sorted({*old, *now}) if old.get(one) != now.get(one)]
                wrong += len(bad)
                compared += 1
                for one in bad[:3]:
                    print(one, set(old.get(one, ())) ^ set(now.get(one, ())))
        print(f"{edits} edits, compared {compared} times with a fresh check: {wrong} files differ")


def main() -> None:
    """Run what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compare-every", type=int, default=0, help="compare findings instead of taking times")
    options = parser.parse_args()
    if options.compare_every:
        differences(options.folder, options.edits, options.seed, options.compare_every)
    else:
        session(options.folder, options.edits, options.seed)


if __name__ == "__main__":
    main()
