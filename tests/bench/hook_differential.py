"""Random commits of one file: what `vaultkit hook` says against the whole vault checked before and after.

    python tests/bench/hook_differential.py VAULT [VAULT ...] [--commits 500] [--seed 1] [--show]

Each vault is copied into a git repository. A commit edits, deletes, renames or adds one note (or another file), or
changes a link, a heading, a block id, a property or a card of one. The hook runs as on the command line. What it
must say is found without it, by whole checks:

- in the file that the commit touches: every finding that is more than info, as is a link that opened a file before;
- in all others: each finding that the vault did not have before (another place, and more of its kind than before),
  but for links that opened nothing before, text that is no link, and comments that hide nothing any more; and each
  link that opens another file than before, unless that is the old file's new name.

Prints each difference with the seed and number of its commit, and the counts. Exit status 1 when there are any.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from vaultkit.cards.settings import card_settings
from vaultkit.cli import hooking
from vaultkit.cli.entry_point import run
from vaultkit.config import Config
from vaultkit.lint.check import read_for_check
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.finding import Finding
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.vault.canvas import CanvasNode
from vaultkit.vault.files import walk
from vaultkit.vault.load import update
from vaultkit.vault.resolve import Resolver
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace

OWN = re.compile(r"(.+?):(\d+):(\d+): (?:error|warning) ([A-Z]{2}\d+) ", re.DOTALL)
PLACE = re.compile(r"  (.+?):(\d+):(\d+): ")
Change = dict[str, bytes | None]
Told = Counter[tuple[str, int, int, str]]
WORDS = "alpha beta gamma model theory results note index summary part one two".split()


class Vaults:
    """One corpus vault as a repository, judged once."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.root = folder / "-".join(source.parts[-2:])
        shutil.copytree(source, self.root, symlinks=True)
        self.git("init", "-q", "-b", "main")
        self.git("add", "-Af")
        self.git("commit", "-qm", "all")
        self.plan = plan_of(Config(), cards=card_settings(str(self.root))[0])
        self.vault, self.answers = read_for_check(Workspace(self.root, Config(respect_gitignore=False)), self.plan)
        self.before = collect_findings(self.vault, self.plan, self.answers).findings
        self.notes = sorted(self.vault.notes)
        self.wanted = sorted(self.vault.backlinks)

    def git(self, *arguments: str) -> bytes:
        return subprocess.run(["git", *arguments], cwd=self.root, check=True, capture_output=True).stdout

    def read(self, path: str) -> str:
        with open(self.root / path, encoding="utf-8", errors="surrogateescape", newline="") as file:
            return file.read()


def pick_note(vaults: Vaults, chance: random.Random) -> str:
    """A note, most often one that others link to."""
    linked = [path for path in vaults.wanted if path in vaults.vault.notes]
    return chance.choice(linked if linked and chance.random() < 0.7 else vaults.notes)


def edit(vaults: Vaults, chance: random.Random) -> Change:
    path = pick_note(vaults, chance)
    lines = vaults.read(path).split("\n")
    at = chance.randrange(len(lines) + 1)
    if chance.random() < 0.5:
        lines.insert(at, " ".join(chance.choices(WORDS, k=6)))
    else:
        del lines[at : at + chance.randint(1, 3)]
    return {path: encoded("\n".join(lines))}


def delete(vaults: Vaults, chance: random.Random) -> Change:
    is_any = vaults.wanted and chance.random() < 0.4
    return {(chance.choice(vaults.wanted) if is_any else pick_note(vaults, chance)): None}


def rename(vaults: Vaults, chance: random.Random) -> Change:
    path = pick_note(vaults, chance)
    folder, slash, name = path.rpartition("/")
    others = sorted({other.rpartition("/")[0] for other in vaults.notes})
    if chance.random() < 0.5:
        new = f"{folder}{slash}{chance.choice(WORDS)} {name}"
    else:
        target = chance.choice(others)
        new = f"{target}/{name}" if target else name
    return {} if new in vaults.vault.files else {path: None, new: encoded(vaults.read(path))}


def add(vaults: Vaults, chance: random.Random) -> Change:
    other = pick_note(vaults, chance)
    unresolved = sorted({name for names in vaults.vault.unresolved.values() for name in names})
    aliases = sorted(vaults.vault.aliases)
    name = chance.choice(
        [
            other.rpartition("/")[2],
            f"{chance.choice(WORDS)} {chance.randrange(1000)}.md",
            f"{chance.choice(unresolved or ['new'])}.md",
            f"{chance.choice(aliases or ['new'])}.md",
            f"{other.rpartition('/')[2][:-3]} 2.md",
        ]
    )
    folder = chance.choice(sorted({path.rpartition("/")[0] for path in vaults.notes}) + ["new folder"])
    path = os.path.normpath(f"{folder}/{name}".lstrip("/"))
    if path.startswith(".."):
        return {}
    if path in vaults.vault.files or not is_plain(path):
        return {}
    text = vaults.read(other) if chance.random() < 0.4 else f"# New\n\n[[{other[:-3]}]]\n"
    return {path: encoded(text)}


def change_link(vaults: Vaults, chance: random.Random) -> Change:
    with_links = [path for path in vaults.notes if vaults.vault.notes[path].links]
    if not with_links:
        return {}
    path = chance.choice(with_links)
    text, link = vaults.read(path), chance.choice(vaults.vault.notes[path].links)
    other = pick_note(vaults, chance)[:-3].rpartition("/")[2]
    new = chance.choice(
        [f"[[{other}]]", f"![[{other}]]", f"[[{other}#Nowhere]]", "[[no such note]]", "[x](no/such.md)", ""]
    )
    return {path: encoded(text[: link.start] + new + text[link.end :])}


def change_heading(vaults: Vaults, chance: random.Random) -> Change:
    aimed = [
        bound.target
        for _, bound in vaults.vault.bound_links()
        if bound.target in vaults.vault.notes and bound.link.subpath[1:] and bound.link.subpath[1] != "^"
    ]
    path = chance.choice(aimed) if aimed and chance.random() < 0.8 else pick_note(vaults, chance)
    assert path is not None
    headings = vaults.vault.notes[path].headings
    if not headings:
        return {}
    text, heading = vaults.read(path), chance.choice(headings)
    end = text.find("\n", heading.start)
    line = text[heading.start : end if end >= 0 else len(text)]
    new = chance.choice(["## Other words", line + "\n\n" + line, "", "#" + line, line.upper()])
    return {path: encoded(text.replace(line, new, 1))}


def change_block(vaults: Vaults, chance: random.Random) -> Change:
    with_blocks = [path for path in vaults.notes if vaults.vault.notes[path].blocks]
    if not with_blocks:
        return {}
    path = chance.choice(with_blocks)
    text, block = vaults.read(path), chance.choice(vaults.vault.notes[path].blocks)
    return {path: encoded(text.replace("^" + block.id, chance.choice(["", "^other-id", "^" + block.id.upper()]), 1))}


def change_property(vaults: Vaults, chance: random.Random) -> Change:
    path, other = pick_note(vaults, chance), pick_note(vaults, chance)
    text = vaults.read(path)
    name = other[:-3].rpartition("/")[2]
    known = sorted(vaults.vault.aliases)
    matter = vaults.vault.notes[path].frontmatter
    body = text[matter.end :] if matter is not None else text
    value = chance.choice([name, *known[:20]]).replace('"', "")
    new = chance.choice(
        [f'---\naliases: ["{value}"]\n---\n', f'---\nup: "[[{name}]]"\n---\n', "", "---\ntags: [a b]\n---\n"]
    )
    return {path: encoded(new + body)}


def change_card(vaults: Vaults, chance: random.Random) -> Change:
    decks = [path for path, answer in vaults.answers.items() if any(code == "FC004" for code, _ in answer.gathered)]
    path = pick_note(vaults, chance)
    question = f"What is {chance.choice(WORDS)}?"
    if decks and chance.random() < 0.7:
        deck = chance.choice(decks)
        gathered = next(value for code, value in vaults.answers[deck].gathered if code == "FC004")
        question = chance.choice(gathered).question.replace("\n", " ")
    answer = chance.choice(["an answer", "another answer", ""])
    return {path: encoded(vaults.read(path) + f"\n\n#flashcards\n\n{question}::{answer}\n")}


KINDS: tuple[Callable[[Vaults, random.Random], Change], ...] = (
    edit, delete, delete, rename, rename, add, add, change_link, change_heading, change_block, change_property,
    change_card,
)  # fmt: skip


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def is_plain(path: str) -> bool:
    return not any(mark in path for mark in '\n\r\t:"*?<>|\\') and len(path.encode()) < 200 and "//" not in path


def said_by_hook(vaults: Vaults, paths: set[str]) -> Told:
    """(path, line, column, code of a finding or "" of a link that a cause lists) from the hook's own words."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace")
    here = os.getcwd()
    os.chdir(vaults.root)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            status = run(["hook"])
    finally:
        os.chdir(here)
    out.flush()
    text = out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    if status not in (0, 1):
        raise SystemExit(f"the hook left with {status}: {text}")
    told: Told = Counter()
    for line in text.splitlines():
        if found := PLACE.match(line):
            told[found[1], int(found[2]), int(found[3]), ""] += 1
        elif found := OWN.match(line):
            told[found[1], int(found[2]), int(found[3]), found[4]] += 1
    if bool(told) != bool(status):
        raise SystemExit(f"the hook left with {status} and said: {text}")
    return told


class Truth:
    """What the whole vault says before and after a change."""

    def __init__(self, vaults: Vaults, change: Change, renamed: dict[str, str]) -> None:
        inspect = note_linter(vaults.plan)
        self.before = vaults.vault
        self.renamed = renamed
        self.touched = {path for path, data in change.items() if data is not None}
        removed = [path for path, data in change.items() if data is None]
        present = {path: data for path, data in change.items() if data is not None}
        self.after = update(self.before, present, removed)
        answers = {path: answer for path, answer in vaults.answers.items() if path not in change}
        for path, data in present.items():
            note = self.after.notes.get(path)
            if note is not None and not note.fault and (answer := inspect(note, data.decode("utf-8-sig"))):
                answers[path] = answer
        self.findings = collect_findings(self.after, vaults.plan, answers).findings
        self.old = vaults.before
        self._files = Resolver(self.before.files), Resolver(self.after.files)

    def expected(self) -> Told:
        told: Told = Counter()
        for finding in self.findings:
            if finding.path in self.touched and self._is_told(finding):
                told[finding.path, finding.line, finding.column, finding.code] += 1
        for path, line, column, code in self._elsewhere():
            told[path, line, column, code] = told[path, line, column, code] + 1 if code else 1
        return told

    def _elsewhere(self) -> Iterator[tuple[str, int, int, str]]:
        places = {(one.path, one.code, one.start, one.end) for one in self.old}
        counts = Counter((one.path, one.code, one.about) for one in self.old)
        now = Counter((one.path, one.code, one.about) for one in self.findings)
        for one in self.findings:
            subject = one.path, one.code, one.about
            is_new = (one.path, one.code, one.start, one.end) not in places and now[subject] > counts[subject]
            if one.path in self.touched or not is_new or not self._is_told(one) or one.code.startswith("VK001"):
                continue
            link = self._link(one)
            if link is not None:
                if self._opens(0, one.path, link) is not None:
                    is_cause = one.code != "ST006" or self._opens(0, one.path, link) != self._opens(1, one.path, link)
                    yield (
                        one.path,
                        one.line,
                        one.column,
                        "" if is_cause and one.code[:2] in ("LK", "EM", "ST") else one.code,
                    )
            elif not self._is_no_link(one):
                yield one.path, one.line, one.column, one.code
        yield from self._retargeted()

    def _is_told(self, one: Finding) -> bool:
        """It is more than info; a link that opened a file before the commit always is, outside of comments."""
        if one.severity != "info":
            return True
        link = self._link(one)
        if link is None or getattr(link, "in_comment", False) or self._opens(1, one.path, link) is not None:
            return False
        old = next((old for old, new in self.renamed.items() if new == one.path), one.path)
        return self._opens(0, old, link) is not None

    def _retargeted(self) -> Iterator[tuple[str, int, int, str]]:
        from vaultkit.base.text import line_and_column, line_starts
        from vaultkit.lint.engine import unchecked_reason

        unjudged = unchecked_reason(self.after, plan_of(Config()))
        for path, note in self.after.notes.items():
            if path in self.touched or path not in self.before.notes or unjudged(path):
                continue
            for link in (*note.links, *note.property_links, *note.reference_definitions):
                was, now = self._opens(0, path, link), self._opens(1, path, link)
                if (
                    was
                    and now
                    and was != now
                    and self.renamed.get(was) != now
                    and not getattr(link, "in_comment", False)
                ):
                    yield path, *line_and_column(note.line_starts, link.start), ""
        for path, canvas in self.after.canvases.items():
            for card in canvas.card_links:
                was, now = self._opens(0, path, card), self._opens(1, path, card)
                if was and now and was != now and self.renamed.get(was) != now:
                    with open(Path(self.after.root) / path, encoding="utf-8-sig", newline="") as file:
                        yield path, *line_and_column(line_starts(file.read()), card.start), ""

    def _opens(self, which: int, path: str, link: object) -> str | None:
        vault: Snapshot = (self.before, self.after)[which]
        if isinstance(link, CanvasNode):
            return vault.file_at(link.path) or (link.path if link.path in vault.files else None)
        linkpath: str = link.linkpath  # type: ignore[attr-defined]
        return vault.resolve(linkpath, path).path or self._files[which].resolve(linkpath, path).path

    def _link(self, finding: Finding) -> object:
        note = self.after.notes.get(finding.path)
        if note is not None:
            links = [*note.links, *note.property_links, *note.reference_definitions]
        else:
            canvas = self.after.canvases.get(finding.path)
            links = [*canvas.nodes, *canvas.card_links] if canvas is not None else []
        return next((link for link in links if link.start == finding.start), None)

    def _is_no_link(self, finding: Finding) -> bool:
        note = self.after.notes.get(finding.path)
        return note is not None and any(item.start == finding.start for item in note.malformed)


def vault_in(folder: Path) -> Path:
    """The folder, or the first vault below it where all its notes are in vaults of their own."""
    found = walk(str(folder))
    has_notes = any(file.kind == "note" for file in found.files)
    return folder if has_notes or not found.nested else folder / found.nested[0]


def renames(vaults: Vaults) -> dict[str, str]:
    fields = vaults.git("diff", "--cached", "--name-status", "-z", "-M").decode().split("\0")
    at, found = 0, {}
    while at + 1 < len(fields):
        step = 3 if fields[at][0] in "RC" else 2
        if step == 3:
            found[fields[at + 1]] = fields[at + 2]
        at += step
    return found


def one_commit(vaults: Vaults, chance: random.Random) -> tuple[str, set[str], Told, Told] | None:
    """(kind of change, its files, what the hook says, what it must say); None when nothing changed."""
    kind = chance.choice(KINDS)
    change = kind(vaults, chance)
    if not change or (
        all(
            path in vaults.vault.files and data == (vaults.root / path).read_bytes()
            for path, data in change.items()
            if data is not None
        )
        and None not in change.values()
    ):
        return None
    for path, data in change.items():
        place = vaults.root / path
        if data is None:
            place.unlink()
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    vaults.git("add", "-Af", "--", *change)
    try:
        said = said_by_hook(vaults, set(change))
        expected = Truth(vaults, change, renames(vaults)).expected()
    finally:
        vaults.git("reset", "-q", "--hard")
        vaults.git("clean", "-qfd")
    return kind.__name__, set(change), said, expected


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    parser.add_argument("--commits", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print every commit")
    wanted = parser.parse_args()
    hooking._SHOWN = 10**9
    count, missed, extra, told, kinds = 0, 0, 0, 0, Counter[str]()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAULTKIT_CACHE_DIR"] = os.path.join(folder, "cache")
        os.environ["GIT_CONFIG_GLOBAL"] = os.devnull
        for name in ("AUTHOR", "COMMITTER"):
            os.environ |= {f"GIT_{name}_NAME": "a", f"GIT_{name}_EMAIL": "a@example.org"}
        for number, source in enumerate(wanted.vaults):
            vaults = Vaults(vault_in(source.resolve()), Path(folder))
            goal = (number + 1) * wanted.commits // len(wanted.vaults)
            tries = 0
            while count < goal and tries < 20 * wanted.commits:
                tries += 1
                chance = random.Random(f"{wanted.seed} {source.name} {tries}")
                done = one_commit(vaults, chance)
                if done is None:
                    continue
                kind, paths, said, expected = done
                count += 1
                kinds[kind] += 1
                told += len(expected)
                missed += len(expected - said)
                extra += len(said - expected)
                if wanted.show or said != expected:
                    print(f"{source.name} {tries}: {kind} {sorted(paths)}: {len(expected)} to tell")
                for place in sorted(expected - said):
                    print(f"    missed {place}")
                for place in sorted(said - expected):
                    print(f"    extra  {place}")
            print(f"{source.name}: {count} commits so far, {missed} missed, {extra} extra", flush=True)
    seconds = time.monotonic() - started
    print(f"{count} commits ({dict(kinds)}), {told} findings to tell: {missed} missed, {extra} extra; {seconds:.0f} s")
    return 1 if missed or extra else 0


if __name__ == "__main__":
    sys.exit(main())
