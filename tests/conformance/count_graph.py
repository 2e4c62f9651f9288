"""An independent count of a vault's graph: shares no code with vaultkit, only the written rules.

    python tests/conformance/count_graph.py VAULT

Written by patterns over blanked-out text where vaultkit walks a parser's events, so that a mistake in
the one is not likely to be in the other. Prints nodes and edges by kind as JSON.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections import Counter
from urllib.parse import unquote

import yaml

IMAGES = "avif bmp gif jpeg jpg png svg webp flac m4a mp3 ogg wav webm 3gp mkv mov mp4 ogv pdf".split()


def key(path: str) -> str:
    return unicodedata.normalize("NFC", path).replace("\u00a0", " ").lower()


def kind_of(path: str) -> str:
    ending = os.path.splitext(path)[1].lower().lstrip(".")
    if ending in ("md", "canvas", "base"):
        return {"md": "note"}.get(ending, ending)
    return "attachment" if ending in IMAGES else ""


def listed(root: str) -> list[str]:
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and name not in ("node_modules", "__pycache__", "venv")
            and not os.path.isdir(os.path.join(folder, name, ".obsidian"))
        ]
        below = os.path.relpath(folder, root).replace(os.sep, "/")
        found += [name if below == "." else f"{below}/{name}" for name in files if not name.startswith(".")]
    return sorted(found)


def lists_all(root: str) -> bool:
    settings = os.path.join(root, ".obsidian", "app.json")
    if not os.path.isfile(settings):
        return False
    with open(settings, encoding="utf-8") as file:
        return json.load(file).get("showUnsupportedFiles") is True


def blank(pattern: str, text: str, flags: int = re.M) -> str:
    """The text with what matches made into spaces, line ends kept."""
    return re.sub(pattern, lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=flags)


PREFIX = r"(?:[ \t]*>[ ]?)*[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*"


def math_swallowed(lines: list[str], at: int) -> bool:
    """A list takes an unindented "$$" for text of its last item."""
    return at > 0 and bool(lines[at - 1].strip()) and not re.match(r"[ \t>]", lines[at])


def cut_tables(text: str) -> str:
    """Take the links out of table cells that a bare pipe cuts."""
    lines = text.split("\n")
    in_table = False
    for at, line in enumerate(lines):
        if re.fullmatch(r"[ \t>]*[|: \t-]*-[|: \t-]*", line) and "|" in line and at and "|" in lines[at - 1]:
            in_table = True
            lines[at - 1] = cut_row(lines[at - 1])
        in_table = in_table and "|" in line[1:]
        if in_table:
            lines[at] = cut_row(line)
    return "\n".join(lines)


def cut_row(line: str) -> str:
    return re.sub(r"(?<!\\)\|", "|\x00", line)


def without_code(text: str) -> str:
    lines = text.split("\n")
    fence = ""
    math_depth, math_marks = -1, 0  # of quotes in which a block of math is open, and its number of "$"
    previous_blank, in_list = True, False
    for at, line in enumerate(lines):
        bare = re.sub(PREFIX, "", line, count=1)
        mark = re.match(r"(`{3,}|~{3,})([^\n]*)", bare)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
            lines[at] = ""
            continue
        if mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
            lines[at] = ""
            continue
        depth = line[: len(line) - len(bare)].count(">")
        if math_depth >= 0 and depth >= math_depth:
            closing = re.fullmatch(r"[^$]*(\$+) *", bare)
            if closing and len(closing[1]) >= math_marks:
                math_depth, previous_blank = -1, True  # no paragraph goes on: an indented line is code
            lines[at] = ""
            continue
        math_depth = -1
        if re.match(r"[ \t]*(?:[-*+]|\d+[.)])(?:[ \t]|$)", line):
            in_list = True
        elif line.strip() and not re.match(r"[ \t]", line):
            in_list = False
        if re.match(r"(?: {4}|\t)", line) and previous_blank and not in_list:
            lines[at] = ""
            continue
        previous_blank = not line.strip()
        # "$$" opens a block even below a line of text, when no other "$" is in its line.
        opening = re.fullmatch(r"(\${2,})[^$]*", bare)
        if opening and at + 1 < len(lines) and not (in_list and math_swallowed(lines, at)):
            math_depth, math_marks = depth, len(opening[1])
            lines[at] = ""
    text = "\n".join(lines)
    text = blank(r"<!--.*?(?:-->|\Z)", text, re.S)
    text = blank(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", text, re.S)
    text = blank(r"\$\$[^\n]*?\$\$", text)
    return blank(r"(?<![\\$])\$(?=\S)(?:[^$\n\\]|\\.)*?(?<=\S)\$(?!\d)", text)


LINK = re.compile(
    r"(!?)\[\[((?:[^\[\]\n\x00]|\](?!\]))+?)\]\]|(!?)\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\((?:<([^<>\n]+)>|([^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*))(?:\s+\"[^\"\n]*\")?\)"
)
SCHEME = re.compile(r".*:|//|www\.")
# A wikilink that a bare address or a reference link in front of it takes in.
TAKEN_IN = re.compile(r"((?<![(<])(?:https?://|www\.)[\w-]+\.\w[^\s<]*?|\[[^\[\]\n]*\])\[\[[^\[\]\n]*\]\]")
# Behind white space, or an escaped character (rule R41).
TAG = re.compile(r"(?:(?<!\S)|(?<=\\[\[\]()*_])|(?<=\x01))#([\w/\-\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+)")


def head(text: str) -> tuple[dict[str, object], str]:
    found = re.match(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", text, re.S | re.M)
    if not found:
        return {}, text
    try:
        # Templates write {{date}}, which YAML takes for a mapping as a key; other loaders than Python's bear it.
        values = yaml.load(re.sub(r"\{\{[^{}\n]*\}\}", "x", found[1]), yaml.BaseLoader)
    except yaml.YAMLError:
        values = {}
    return values if isinstance(values, dict) else {}, "\n" * found[0].count("\n") + text[found.end() :]


def tags_of(values: dict[str, object]) -> set[str]:
    for name, value in values.items():
        if str(name).lower() == "tags":
            members = value if isinstance(value, list) else [value]
            words = {str(member).strip().lstrip("#").rstrip("/") for member in members if isinstance(member, str)}
            return {key(word) for word in words if word and not re.search(r"[\s,]", word)}
    return set()


def property_links(value: object) -> list[str]:
    if isinstance(value, dict):
        return [link for member in value.values() for link in property_links(member)]
    if isinstance(value, list):
        return [link for member in value for link in property_links(member)]
    found = re.fullmatch(r"\[\[([^\[\]\n]+)\]\]", value) if isinstance(value, str) else None
    return [found[1]] if found else []


class Names:
    def __init__(self, paths: list[str]) -> None:
        self.paths = {key(path): path for path in paths}
        self.by_name: dict[str, list[str]] = {}
        for low in self.paths:
            self.by_name.setdefault(low.rpartition("/")[2], []).append(low)

    def find(self, linkpath: str, source: str) -> str | None:
        if not linkpath:
            return source
        folder = source.rpartition("/")[0]
        if linkpath.startswith(("./", "../")):
            linkpath = os.path.normpath(f"{folder}/{linkpath}").replace(os.sep, "/").lstrip("/")
            candidates = [linkpath]
        elif linkpath.startswith("/"):
            candidates = [linkpath.lstrip("/")]
        else:
            candidates = []
        wanted = key(candidates[0] if candidates else linkpath)
        for ending in (".md", ""):
            if wanted + ending in self.paths:
                return self.paths[wanted + ending]
        if candidates:
            return None
        own = f"{key(folder)}/{wanted}" if folder else wanted
        for ending in (".md", ""):
            if own + ending in self.paths:
                return self.paths[own + ending]
        for ending in (".md", ""):
            same = self.by_name.get(wanted.rpartition("/")[2] + ending, [])
            fits = [self.paths[low] for low in same if low.endswith(f"/{wanted}{ending}")]
            if fits:
                return min(fits, key=lambda path: (len(path), path))
        return None


def count(root: str) -> dict[str, dict[str, int]]:
    paths = listed(root)
    names = Names(paths)
    nodes: dict[str, set[str]] = {"unresolved": set(), "missing-attachment": set(), "tag": set()}
    edges: Counter[str] = Counter()

    linked: set[str] = set()

    def link(source: str, linkpath: str, kind: str) -> None:
        linkpath = linkpath.replace("\u00a0", " ").strip()
        edges[kind] += 1
        target = names.find(linkpath, source)
        linked.add(target or "")
        if target is None:
            bare = re.sub(r"\.md$", "", linkpath, flags=re.I)
            nodes["missing-attachment" if kind_of(bare) == "attachment" else "unresolved"].add(key(bare))

    for path in paths:
        with open(os.path.join(root, path), "rb") as file:
            data = file.read() if kind_of(path) in ("note", "canvas") else b""
        if kind_of(path) == "canvas" and data.strip():
            for card in json.loads(data).get("nodes", []):
                if card.get("type") == "file":
                    edges["canvas"] += 1
                    linked.add(names.paths.get(key(card["file"]), ""))
                    if key(card["file"]) not in names.paths:
                        bad = card["file"]
                        nodes["missing-attachment" if kind_of(bad) == "attachment" else "unresolved"].add(
                            key(re.sub(r"\.md$", "", bad))
                        )
        if kind_of(path) != "note":
            continue
        values, body = head(data.decode("utf-8-sig").replace("\r\n", "\n"))
        body = TAKEN_IN.sub(lambda taken: taken[1], cut_tables(without_code(body)))
        for linktext in property_links(values):
            link(path, linktext.split("|")[0].split("#")[0], "property")
        for found in LINK.finditer(body):
            if found[2]:
                target = found[2] if found[2][0] == "|" else found[2].split("|")[0].rstrip("\\")
                link(path, target.split("#")[0], "embed" if found[1] else "link")
            else:
                target = found[4] or found[5]
                if not SCHEME.match(target):
                    target = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", target)
                    link(path, unquote(target.split("#")[0]), "embed" if found[3] else "link")
        # A tag may begin behind white space, a link or an HTML tag.
        plain = re.sub(r"<[A-Za-z/][^<>]*>", "\x01", LINK.sub(lambda found: " " * len(found[0]), body))
        body_tags = {key(tag.rstrip("/")) for tag in TAG.findall(plain) if re.search(r"[^\d/]", tag) and tag.strip("/")}
        carried = tags_of(values) | body_tags
        edges["tag"] += len(carried)
        nodes["tag"] |= carried
    for tag in list(nodes["tag"]):
        while "/" in tag:
            tag = tag.rpartition("/")[0]
            nodes["tag"].add(tag)
    edges["parent-tag"] = sum("/" in tag for tag in nodes["tag"])
    # Files of types that Obsidian does not list are in its graph when a link opens them.
    shown = [path for path in paths if kind_of(path) or path in linked or lists_all(root)]
    by_kind = Counter(kind_of(path) or "attachment" for path in shown) + Counter(
        {kind: len(found) for kind, found in nodes.items()}
    )
    return {"nodes": dict(sorted(by_kind.items())), "edges": dict(sorted((+edges).items()))}


if __name__ == "__main__":
    json.dump(count(sys.argv[1]), sys.stdout, indent=1)
