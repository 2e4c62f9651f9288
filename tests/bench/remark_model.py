"""The parser model (npm packages run by node) as a Python object, and both answers in one form.

The model is remark-parse 8 with remark-math 3, footnotes and Obsidian's tokenizers: a folder with
``model.js`` and its ``node_modules``. Obsidian's records agree with it except for the quirks that
`model_view` translates.
"""

from __future__ import annotations

import json
import queue
import re
import shutil
import subprocess
import threading
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote

DRIVER = Path(__file__).with_name("remark_model.js")
PACKAGES = ("unified", "rp8", "remark-math", "remark-footnotes")
# key -> rows; sections (type, line, col, line, col), items (line, col), headings (text, level, line),
# links (line, type, target, text or None).
View = dict[str, list[tuple[Any, ...]]]
KEYS = ("sections", "items", "headings", "links")

# F14: a line that holds nothing but a block id is no section in Obsidian; the model has no block ids.
_LONE_ID = re.compile(r"[ \t]*\^[A-Za-z0-9-]+[ \t]*")


def missing_part(folder: Path) -> str:
    """Return what the model needs and does not have, as a sentence; "" when it can run."""
    if shutil.which("node") is None:
        return "node is not on PATH: install Node.js 18 or later"
    if not (folder / "model.js").is_file():
        return f"{folder} has no model.js: give the folder of the parser model with --model"
    absent = [name for name in PACKAGES if not (folder / "node_modules" / name).is_dir()]
    if absent:
        return f"{folder} has no npm package {', '.join(absent)}: run `npm install` there"
    return ""


class Model:
    """One long-lived node process; ``ask`` and ``ask_later`` answer whole batches of texts."""

    def __init__(self, folder: Path, timeout: float = 20.0) -> None:
        self.folder, self.timeout = folder, timeout
        self.waiting: list[list[str]] = []
        self._start()

    def _start(self) -> None:
        command = ["node", "--stack-size=4000", str(DRIVER), str(self.folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, args=(self.process.stdout, self.lines), daemon=True).start()
        if not self._line(60.0):
            raise RuntimeError(f"the parser model in {self.folder} did not start; run `node {DRIVER} {self.folder}`")

    @staticmethod
    def _read(stream: Any, lines: queue.SimpleQueue[str]) -> None:
        for line in stream:
            lines.put(line)
        lines.put("")

    def _line(self, timeout: float) -> str:
        try:
            return self.lines.get(timeout=timeout)
        except queue.Empty:
            return ""

    def ask_later(self, texts: list[str]) -> None:
        """Send a batch; `next_answers` returns its answers, in the order of the batches."""
        self.waiting.append(texts)
        self._send(texts)

    def _send(self, texts: list[str]) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(texts) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # the answers will be missing, and next_answers starts the process again

    def next_answers(self) -> list[dict[str, Any]]:
        """Answers to the oldest batch sent; {"error": …} where the model failed or ran out of time."""
        texts = self.waiting.pop(0)
        answers: list[dict[str, Any]] = []
        # A batch is answered as a whole, so its first line has the batch's time.
        while len(answers) < len(texts):
            line = self._line(self.timeout)
            if not line:
                return self._one_by_one(texts)
            answers.append(json.loads(line))
        return answers

    def _one_by_one(self, texts: list[str]) -> list[dict[str, Any]]:
        """Restart after a hang or crash, and find the text that causes it."""
        answers: list[dict[str, Any]] = []
        self._restart()
        for text in texts:
            self._send([text])
            line = self._line(self.timeout)
            if line:
                answers.append(json.loads(line))
            else:
                answers.append({"error": f"no answer within {self.timeout:g} s, or node ended"})
                self._restart()
        for batch in self.waiting:
            self._send(batch)
        return answers

    def _restart(self) -> None:
        self.close()
        self._start()

    def ask(self, texts: list[str]) -> list[dict[str, Any]]:
        """Send a batch and wait for its answers; only while nothing else is waiting."""
        self.ask_later(texts)
        return self.next_answers()

    def close(self) -> None:
        """End the node process."""
        self.process.kill()
        self.process.wait()


def model_view(text: str, answer: dict[str, Any]) -> View:
    """Return the model's answer with the quirks that records of Obsidian show and the model lacks.

    F14: a paragraph that is one lone block id is dropped, except as the first section, where it names
    nothing. F8: a destination with a colon is external,
    and destinations are percent-decoded. The front matter has no position in the model.
    """
    sections, headings = [tuple(row) for row in answer["sections"]], [tuple(row) for row in answer["headings"]]
    lines = text.removeprefix("\ufeff").split("\n")
    if "^" in text:
        sections = [row for number, row in enumerate(sections) if not number or not is_lone_id(row, lines)]
    if "\t" in text:
        one_line = {row[1] for row in sections if row[0] == "heading" and row[1] == row[3]}
        headings = [_tabbed_heading(*row, lines) if row[2] in one_line else row for row in headings]
    return {
        "sections": sections,
        "items": [tuple(row) for row in answer["items"]],
        "headings": headings,
        "links": sorted((_model_link(*row) for row in answer["links"] if _is_internal(row)), key=str),
    }


def _tabbed_heading(text: str, level: int, line: int, lines: list[str]) -> tuple[str, int, int]:
    """The model keeps the marks of a heading that is indented with a tab."""
    if text.startswith("#") and not re.match(" {0,3}#", lines[line]):
        text = re.sub(r"(?:^|[ \t])#+[ \t]*$", "", re.sub(r"^#+[ \t]*", "", text)).strip()
    return text, level, line


def is_lone_id(row: tuple[Any, ...], lines: list[str]) -> bool:
    """Whether the section is a paragraph that holds nothing but a block id."""
    return row[0] == "paragraph" and row[1] == row[3] and _LONE_ID.fullmatch(lines[row[1]]) is not None


def _is_internal(row: list[Any]) -> bool:
    return row[0] in ("wlink", "wembed") or ":" not in row[1]


def _model_link(kind: str, target: str, line: int, text: str | None) -> tuple[Any, ...]:
    if kind in ("link", "image"):
        target = unquote(target)
        text = (text or "").strip()
    return (line, kind, unicodedata.normalize("NFC", target).strip(), text)


def vaultkit_view(cache: dict[str, Any]) -> View:
    """Return `cached_metadata` in the model's terms.

    F13: the sections ``text`` and ``element`` at the end of notes with footnotes are dropped.
    """
    sections: list[tuple[Any, ...]] = []
    for section in cache.get("sections", ()):
        kind = section["type"]
        if kind == "yaml":
            sections.append(("yaml",))
        elif kind not in ("text", "element"):
            start, end = section["position"]["start"], section["position"]["end"]
            sections.append((kind, start["line"], start["col"], end["line"], end["col"]))
    starts = [item["position"]["start"] for item in cache.get("listItems", ())]
    links = [
        (link["position"]["start"]["line"], *_own_link(link, is_embed=key == "embeds"))
        for key in ("links", "embeds")
        for link in cache.get(key, ())
    ]
    return {
        "sections": sections,
        "items": [(start["line"], start["col"]) for start in starts],
        "headings": [(h["heading"], h["level"], h["position"]["start"]["line"]) for h in cache.get("headings", ())],
        "links": sorted(links, key=str),
    }


def _own_link(link: dict[str, Any], *, is_embed: bool) -> tuple[Any, ...]:
    target, original = unicodedata.normalize("NFC", link["link"]).strip(), link["original"]
    if original.endswith("]]"):
        has_text = original.find("|", 2 + is_embed) > 2 + is_embed
        return ("wembed" if is_embed else "wlink", target, link["displayText"] if has_text else None)
    return ("image" if is_embed else "link", target, (link["displayText"] or "").strip())
