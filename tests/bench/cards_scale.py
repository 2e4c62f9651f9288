"""Whole-process time of reading, checking and listing flashcards, against `vaultkit check` without the card rules.

    python tests/bench/cards_scale.py [--notes 10000] [--cards 20000] [--words 150] [--runs 5] [--seed 1] [--keep DIR]

Makes a vault of notes with prose, links and flashcards of all kinds, one in fifty of them a duplicate and one
in a hundred nearly one, and times four commands in turns, all without a cache: `check` without the FC rules,
`check` with them, `check --select FC`, and `cards list --format json`. What to quote: (FC alone + list) and
(all with FC) over (without FC), as medians of the pairs. Each command is a whole process of its own, so the sum
reads every note twice.
"""

from __future__ import annotations

import argparse
import compileall
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SYLLABLES = (
    "ba co di fu ge ha ki lo mu ne or pi qua ra se ti un ve wo xi ya zo men tra spec tive late con sti tion".split()
)
GLUE = "the of a in to and is that for with as by on from which it are this be at an or not".split()
KINDS = (
    "single",
    "single",
    "single",
    "reversed",
    "multi",
    "multi",
    "multi",
    "cloze",
    "cloze",
    "qa",
    "heading",
    "callout",
)


class Words:
    """Made-up prose: a few thousand words, the early ones often, with the little words of English between."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.known = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(6000)]

    def word(self) -> str:
        return self.known[int(self.rng.paretovariate(0.7)) % len(self.known)]

    def some(self, count: int) -> str:
        return " ".join(self.rng.choice(GLUE) if self.rng.random() < 0.4 else self.word() for _ in range(count))

    def sentence(self) -> str:
        return self.some(self.rng.randint(6, 18)).capitalize() + "."

    def paragraph(self, words: int) -> str:
        pieces: list[str] = []
        while sum(len(piece.split()) for piece in pieces) < words:
            pieces.append(self.sentence())
        return " ".join(pieces)


def card(kind: str, question: str, answer: str, words: Words) -> str:
    """One card as it stands in a note; front and answer of one line."""
    if kind == "single":
        return f"{question}::{answer}"
    if kind == "reversed":
        return f"{question}:::{answer}"
    if kind == "multi":
        return f"{question}\n?\n{answer}\n- {words.sentence()}\n- {words.sentence()}"
    if kind == "cloze":
        return f"{question[:-1]} =={answer.split()[0]}== {words.sentence()}"
    if kind == "qa":
        return f"Q: {question}\nA: {answer}"
    if kind == "heading":
        return f"### {question} #card\n\n{answer}"
    return f"> [!card] {question}\n> {answer}"


def notes(count: int, cards: int, words_each: int, seed: int) -> Iterator[tuple[str, str]]:
    """(path, text) of each note."""
    rng = random.Random(seed)
    words = Words(rng)
    asked: list[tuple[str, str]] = []
    made = 0
    for number in range(count):
        lines = (
            [f"---\ntags: [flashcards/deck{number % 40}]\ncreated: 2026-01-{number % 28 + 1:02}\n---"]
            if number % 3
            else [f"#flashcards/deck{number % 40}"]
        )
        lines.append(f"# {words.some(3).capitalize()}")
        for _ in range(3):
            lines.append(words.paragraph(words_each // 3) + f" See [[Note {rng.randrange(count)}]].")
        wanted = round((number + 1) * cards / count) - made
        for _ in range(wanted):
            made += 1
            draw = rng.random()
            if asked and draw < 0.02:
                question, answer = rng.choice(asked)
            elif asked and draw < 0.03:
                question, answer = rng.choice(asked)
                at = rng.randrange(len(question) - 2)
                question = question[:at] + question[at + 1] + question[at] + question[at + 2 :]
            else:
                question = f"{rng.choice(('What is', 'How does', 'Why', 'When does', 'Which'))} {words.some(rng.randint(4, 10))}?"
                answer = words.sentence()
            asked.append((question, answer))
            lines.append(card(rng.choice(KINDS), question, answer, words))
            if rng.random() < 0.3:
                lines[-1] += "\n<!--SR:!2026-02-01,4,250-->"
        yield f"Folder {number % 50}/Note {number}.md", "\n\n".join(lines) + "\n"


def seconds(words: list[str]) -> tuple[float, float]:
    """Wall seconds of one run, and the processor's seconds in it and its workers."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(words)}: exit {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--cards", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=150, help="of prose in each note, beside its cards")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=None, help="make the vault here, or use the one that is here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vault = options.keep or Path(folder) / "vault"
        if not vault.exists():
            for name, text in notes(options.notes, options.cards, options.words, options.seed):
                (vault / name).parent.mkdir(parents=True, exist_ok=True)
                (vault / name).write_text(text, encoding="utf-8")
        compileall.compile_dir(str(Path(__file__).parents[2] / "vaultkit"), quiet=1)  # as an installer does
        start = [sys.executable, "-m", "vaultkit"]
        check = [*start, "check", "--vault", str(vault), "--no-cache", "--quiet"]
        commands = {
            "check, no FC": [*check, "--ignore", "FC"],
            "check, all": check,
            "check, FC only": [*check, "--select", "FC"],
            "cards list": [*start, "cards", "list", "--vault", str(vault), "--format", "json"],
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for turn in range(options.runs + 1):
            for name, words in commands.items():
                taken = seconds(words)
                if turn:  # the first turn warms the disk's cache
                    times[name].append(taken)
    for kind, at in (("wall", 0), ("processor", 1)):
        taken = {name: [run[at] for run in runs] for name, runs in times.items()}
        for name, one in taken.items():
            print(f"{name:<16} {kind:<10} min {min(one):6.2f} s   median {statistics.median(one):6.2f} s")
        base = taken["check, no FC"]
        sums = [one + other for one, other in zip(taken["check, FC only"], taken["cards list"], strict=True)]
        for name, each in (
            ("check with FC", taken["check, all"]),
            ("cards list", taken["cards list"]),
            ("FC only + list, two processes", sums),
        ):
            ratio = statistics.median(one / other for one, other in zip(each, base, strict=True))
            print(f"    {name} / check without FC: {ratio:.2f}")


if __name__ == "__main__":
    main()
