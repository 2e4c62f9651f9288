"""Compare vaultkit's parser with the model of Obsidian's parser on random and mutated notes.

    python tests/bench/parser_fuzz.py --model DIR [--count 100000] [--kind generated|mutated|both]
        [--notes FOLDER ...] [--seed 1] [--jobs 2] [--minutes 10] [--out differences.jsonl]

DIR holds the model: a ``model.js`` that exports ``emu(text) -> {sections, items, headings, links}`` and the npm
packages unified 9.2.2, remark-parse 8.0.3 (as rp8), remark-math 3.0.1 and remark-footnotes 1.0.0. Compared are
sections, starts of list items, headings and links. Set PYTHONPATH to the checkout that is to be tested.

Each note depends on the seed and its number alone: ``--seed S --only N`` shows note N again. Differences
are minimised, grouped by kind and shape, and printed with both answers. Exit status: 0 no difference,
1 differences, 2 the model cannot run.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fuzz_excuses import EXCUSES, excuse_of
from markdown_generator import QuickRandom, generated, mutated, read_notes
from minimise import minimise
from remark_model import KEYS, Model, View, missing_part, model_view, vaultkit_view

import vaultkit
from vaultkit.base.text import decode
from vaultkit.note.parse import parse_note
from vaultkit.vault.cached_metadata import cached_metadata

BATCH = 128
OWN_SECONDS = 10.0


class OwnTimeoutError(Exception):
    """vaultkit took longer than OWN_SECONDS for one note."""


def _stop(*_: object) -> None:
    raise OwnTimeoutError


def own_view(text: str, *, crlf: bool = False) -> View | str:
    """vaultkit's answer, or the name of the exception it raised."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, OWN_SECONDS)
    try:
        data = (text.replace("\n", "\r\n") if crlf else text).encode()
        return vaultkit_view(cached_metadata(parse_note(data), decode(data).text))
    except OwnTimeoutError:
        return f"vaultkit needs more than {OWN_SECONDS:g} s"
    except Exception as error:  # any exception of the parser is a fault to report
        return f"vaultkit raises {type(error).__name__}"
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def difference(own: View | str, model: View) -> str:
    """Return the kind of the first difference, "" for none."""
    if isinstance(own, str):
        return own
    for key in KEYS:
        mine, theirs = own[key], model[key]
        if mine != theirs:
            return f"{key}: {_first_difference(key, mine, theirs)}"
    return ""


def _first_difference(key: str, mine: list[tuple[Any, ...]], theirs: list[tuple[Any, ...]]) -> str:
    at = next((i for i, (a, b) in enumerate(zip(mine, theirs)) if a != b), min(len(mine), len(theirs)))
    a, b = mine[at] if at < len(mine) else None, theirs[at] if at < len(theirs) else None
    if key == "sections":
        name_a, name_b = a[0] if a else "none", b[0] if b else "none"
        if a and b and name_a == name_b:
            return f"{name_a} {'start' if a[1:3] != b[1:3] else 'end'}"
        return f"{name_a} for {name_b}"
    if key == "items":
        return "column" if a and b and a[0] == b[0] else ("extra" if b is None or (a and a < b) else "missing")
    if key == "headings":
        return "text or level" if a and b and a[2] == b[2] else ("extra" if b is None or (a and a[2] < b[2]) else "missing")  # fmt: skip
    extra, lost = [row for row in mine if row not in theirs], [row for row in theirs if row not in mine]
    if extra and lost and extra[0][:2] == lost[0][:2]:
        return f"{extra[0][1]} {'target' if extra[0][2] != lost[0][2] else 'text'}"
    return f"extra {extra[0][1]}" if extra else (f"missing {lost[0][1]}" if lost else "repeated")


def compare(text: str, answer: dict[str, Any], *, crlf: bool) -> tuple[str, View | str, View]:
    """Kind of difference ("" for none, "excused …" for a known one), vaultkit's view, the model's view."""
    theirs = model_view(text, answer)
    mine = own_view(text, crlf=crlf)
    kind = difference(mine, theirs)
    if kind and not isinstance(mine, str) and (name := excuse_of(text, mine, theirs)):
        kind = f"excused {name}"
    if kind and crlf and not kind.startswith("excused") and not difference(own_view(text), theirs):
        kind = f"crlf {kind}"
    return kind, mine, theirs


class Task:
    """What one worker does: its numbers, its limits."""

    def __init__(self, options: argparse.Namespace, worker: int) -> None:
        self.options, self.worker = options, worker
        self.notes = read_notes(options.notes) if options.kind != "generated" else []
        self.stop = time.monotonic() + options.minutes * 60 if options.minutes else float("inf")

    def text(self, number: int) -> tuple[str, bool]:
        """Note `number` of the seed, and whether vaultkit gets it with CRLF."""
        rng = QuickRandom(f"{self.options.seed}:{number}")
        real = self.options.kind == "mutated" or (self.options.kind == "both" and rng.random() < 0.35)
        text = mutated(rng, self.notes) if real else generated(rng)
        text = text.replace("\r", "").replace("\0", "")
        return text, rng.random() < self.options.crlf

    def batches(self) -> Iterator[list[tuple[int, str, bool]]]:
        """Batches of (number, text, crlf): every jobs-th batch of the run is this worker's."""
        first = self.options.first
        for start in range(first + self.worker * BATCH, first + self.options.count, self.options.jobs * BATCH):
            if time.monotonic() > self.stop:
                return
            numbers = range(start, min(start + BATCH, first + self.options.count))
            yield [(number, *self.text(number)) for number in numbers]


def work(options: argparse.Namespace, worker: int) -> dict[str, Any]:
    """Run one worker; returns counts and its minimised differences."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _stop)
    task, model, helper = Task(options, worker), Model(options.model), Model(options.model)
    counts: Counter[str] = Counter()
    found: dict[tuple[str, str], dict[str, Any]] = {}
    tries: Counter[str] = Counter()
    slowest = (0.0, -1)
    batches = task.batches()
    current = next(batches, [])
    if current:
        model.ask_later([text for _, text, _ in current])
    while current:
        following = next(batches, [])
        if following:
            model.ask_later([text for _, text, _ in following])
        for (number, text, crlf), answer in zip(current, model.next_answers(), strict=True):
            counts["notes"] += 1
            if "error" in answer:
                counts[f"model error: {answer['error'][:60]}"] += 1
                continue
            started = time.perf_counter()
            kind, _, _ = compare(text, answer, crlf=crlf)
            slowest = max(slowest, (time.perf_counter() - started, number))
            if not kind:
                continue
            counts[kind] += 1
            if kind.startswith("excused") or tries[kind] >= options.per_kind:
                continue
            tries[kind] += 1
            entry = minimal(helper, text, kind, crlf=crlf)
            entry |= {"seed": options.seed, "number": number}
            group = (kind, shape(entry["input"]))
            if group in found:
                found[group]["seen"] += 1
            else:
                found[group] = entry
        current = following
    model.close()
    helper.close()
    return {"counts": counts, "found": found, "slowest": slowest}


def minimal(model: Model, text: str, kind: str, *, crlf: bool) -> dict[str, Any]:
    """The smallest text found with this kind of difference, with both answers."""

    def first(candidates: list[str]) -> int | None:
        for start in range(0, len(candidates), 32):
            some = candidates[start : start + 32]
            for at, (candidate, answer) in enumerate(zip(some, model.ask(some), strict=True)):
                if "error" not in answer and compare(candidate, answer, crlf=crlf)[0] == kind:
                    return start + at
        return None

    small = minimise(text, first)
    answer = model.ask([small])[0]
    _, mine, theirs = compare(small, answer, crlf=crlf)
    return {"kind": kind, "input": small, "vaultkit": mine, "model": theirs, "answer": answer, "seen": 1, "crlf": crlf}


def shape(text: str) -> str:
    """The text without its words: letters and digits in one form, long runs cut."""
    text = re.sub(r"[^\W\d_]+", "a", text)
    text = re.sub(r"\d+", "1", text)
    return re.sub(r"(.)\1{3,}", r"\1\1\1\1", text)


def show(entry: dict[str, Any]) -> None:
    """Print one difference: input, then the keys that differ."""
    print(f"\n{entry['kind']}  ({entry['seen']} like this; seed {entry['seed']}, note {entry['number']})")
    print("  input    " + json.dumps(entry["input"], ensure_ascii=False))
    for key in KEYS:
        mine = entry["vaultkit"] if isinstance(entry["vaultkit"], str) else entry["vaultkit"][key]
        if mine != entry["model"][key]:
            print(f"  {key}\n    vaultkit {mine}\n    model    {entry['model'][key]}")


def report(options: argparse.Namespace, results: list[dict[str, Any]], seconds: float) -> int:
    """Print the groups, most frequent kinds last, then the counts; write --out."""
    counts: Counter[str] = Counter()
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for result in results:
        counts.update(result["counts"])
        for group, entry in result["found"].items():
            if group in found:
                found[group]["seen"] += entry["seen"]
            else:
                found[group] = entry
    entries = sorted(found.values(), key=lambda entry: (counts[entry["kind"]], entry["kind"], -len(entry["input"])))
    for entry in entries[-options.show :] if options.show else []:
        show(entry)
    if options.out:
        lines = [json.dumps(entry, ensure_ascii=False) + "\n" for entry in reversed(entries)]
        options.out.write_text("".join(lines), encoding="utf-8")
    total = counts.pop("notes", 0)
    excused = {kind: n for kind, n in counts.items() if kind.startswith("excused")}
    errors = {kind: n for kind, n in counts.items() if kind.startswith("model error")}
    differing = sum(counts.values()) - sum(excused.values()) - sum(errors.values())
    print(f"\nseed {options.seed}: {total} notes in {seconds:.0f} s, {total / max(seconds, 0.001):.0f} notes/s")
    for kind, n in counts.most_common():
        reason = f"  ({EXCUSES[kind.removeprefix('excused ')].reason})" if kind in excused else ""
        print(f"  {n:8}  {kind}{reason}")
    slowest = max(result["slowest"] for result in results)
    print(f"slowest note: number {slowest[1]}, {slowest[0]:.3f} s")
    print(f"{differing} of {total} notes differ in {len(entries)} minimal inputs; {sum(excused.values())} excused, {sum(errors.values())} model errors")  # fmt: skip
    return 1 if differing else 0


def read_options(arguments: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder with model.js and node_modules")
    parser.add_argument("--kind", choices=("generated", "mutated", "both"), default="generated")
    parser.add_argument("--notes", type=Path, action="append", default=[], help="folder with real notes; repeatable")
    parser.add_argument("--count", type=int, default=100_000, help="number of notes, default 100000")
    parser.add_argument("--first", type=int, default=0, help="number of the first note, default 0")
    parser.add_argument("--only", type=int, help="compare this one note number and show both answers")
    parser.add_argument("--text", type=Path, help="compare this one file and show both answers")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="default: the time")
    parser.add_argument("--jobs", type=int, default=1, help="workers, each with its own node process, default 1")
    parser.add_argument("--minutes", type=float, default=0, help="stop after this time")
    parser.add_argument("--crlf", type=float, default=0.02, help="share of notes that vaultkit gets with CRLF")
    parser.add_argument("--per-kind", type=int, default=30, help="differences of a kind to minimise per worker")
    parser.add_argument("--show", type=int, default=60, help="groups to print, default 60")
    parser.add_argument("--out", type=Path, help="write the minimised differences as JSON lines")
    return parser.parse_args(arguments)


def show_one(options: argparse.Namespace) -> int:
    """Compare one note and print both answers."""
    model = Model(options.model)
    task = Task(options, 0)
    text, crlf = (options.text.read_text(encoding="utf-8"), False) if options.text else task.text(options.only)
    answer = model.ask([text])[0]
    model.close()
    print(json.dumps(text, ensure_ascii=False) + (" (with CRLF)" if crlf else ""))
    if "error" in answer:
        print(f"model error: {answer['error']}")
        return 0
    kind, mine, theirs = compare(text, answer, crlf=crlf)
    print(kind or "equal")
    for key in KEYS:
        print(f"{key}\n  vaultkit {mine if isinstance(mine, str) else mine[key]}\n  model    {theirs[key]}")
    return 1 if kind and not kind.startswith("excused") else 0


def main(arguments: list[str] | None = None) -> int:
    """Compare, print, and return the exit status."""
    options = read_options(arguments)
    if missing := missing_part(options.model):
        print(f"skipped: {missing}")
        return 2
    if options.kind != "generated" and not options.notes:
        print("--kind mutated and both need real notes: give a folder with --notes")
        return 2
    print(f"seed {options.seed}; testing {Path(vaultkit.__file__).parent}", flush=True)
    if options.only is not None or options.text:
        return show_one(options)
    started = time.monotonic()
    if options.jobs == 1:
        results = [work(options, 0)]
    else:
        with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
            results = pool.starmap(work, [(options, worker) for worker in range(options.jobs)], chunksize=1)
    return report(options, results, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
