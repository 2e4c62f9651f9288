"""Change a document at random, so that it is still nearly one: values of JSON, lines and words of a text, parts of a zip."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

DIGITS = "1" * 4301
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**25, 0.5, -0.0, 1e308, float("inf"), float("nan"), "", " ", "a", "\0", "\ud800",
    "../../x", "/etc/passwd", "a" * 300, "\u202e", "[[a]]", "^x", "#h", "(", "(a+)+$", "2024-13-45", "😀", [], {}, [[]], [{}], {"a": []}, [None],
    {"": ""}, "con", "a/b", "a\nb", "{{c1::x}}", "<b>", "1" * 30,
)  # fmt: skip
ODD_WORDS = (
    "[[", "]]", "![[", "|", "`", "```\n", "$$", "$", "%%", "---\n", "> ", "- ", "1. ", "\t", "#", "# ", "^a", "<!--", "-->", "<b>", "</b>", "<img ",
    "{{c1::", "}}", "::", ":::", "\n?\n", "==", "**", "_", "~~", "\\", "&amp;", "\0", "\ufeff", "\u00a0", "\u200b", "\u202e", "\r", "\r\n", "\u2028",
    "é", "e\u0301", "😀", ":", "- [ ] ", "[^1]", "[^1]: ", "|-|", "[", "](", ")", "!", "*", "&x", "*x", "<<", "? ", "!!binary", ".inf", ".nan", "0x1",
    "1e999", DIGITS, "'", '"', ",", ";", "=", "(", "/(a+)+$/", "2024-02-30", "#flashcards\n", "%% vaultkit-disable %%", "<!--SR:!2024-01-01,3,250-->",
    "[{", "{}", "[]", "~", "null", "tags:", "aliases:", "a: [", "\n\n", "\n", " ", "```vaultkit", "file.name", "formula.a", "this", "&&", "||",
)  # fmt: skip


def mutated(data: bytes, kind: str, rng: random.Random) -> bytes:
    """The document, changed in one to eight places. kind: "json", "text", "zip" or "bytes"."""
    if kind == "json":
        return _json(data, rng)
    if kind == "zip":
        return _zip(data, rng)
    for _ in range(rng.randint(1, 8)):
        data = _text(data, rng) if kind == "text" and rng.random() < 0.9 else _bytes(data, rng)
    return data


def _json(data: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.1:
        return _bytes(data, rng)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return _bytes(data, rng)
    for _ in range(rng.randint(1, 5)):
        value = _value(value, rng)
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5)
    if rng.random() < 0.03:
        text = text.replace("1", DIGITS, 1)
    if rng.random() < 0.02:
        text = text.replace("[]", "[" * 20_000, 1)
    return text.encode("utf-8", "surrogatepass")


def _value(value: Any, rng: random.Random) -> Any:
    """One place of a JSON value changed: replaced, dropped, doubled, or moved."""
    if rng.random() < 0.15 or not isinstance(value, (dict, list)) or not value:
        return rng.choice(ODD_VALUES)
    if isinstance(value, dict):
        key = rng.choice(list(value))
        act = rng.random()
        if act < 0.08:
            return {name: one for name, one in value.items() if name != key}
        if act < 0.16:
            return value | {rng.choice([*map(str, ODD_VALUES[:20]), *value]): value[key]}
        return value | {key: _value(value[key], rng)}
    at = rng.randrange(len(value))
    act = rng.random()
    if act < 0.08:
        return value[:at] + value[at + 1 :]
    if act < 0.16:
        return value[:at] + [value[at]] * rng.randint(2, 5) + value[at:]
    return value[:at] + [_value(value[at], rng)] + value[at + 1 :]


def _text(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    at, end = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    act = rng.randrange(6)
    if act == 0:
        text = text[:at] + rng.choice(ODD_WORDS) * rng.choice((1, 1, 1, 2, 3, 50)) + text[at:]
    elif act == 1:
        text = text[:at] + text[min(end, at + 20) :]
    elif act == 2:
        text = text[:at] + text[at : at + 40] * rng.choice((2, 3, 30)) + text[at:]
    else:
        lines = text.split("\n")
        one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        if act == 3:
            lines[one], lines[other] = lines[other], lines[one]
        elif act == 4:
            lines.insert(one, rng.choice(("  ", "> ", "- ", "\t", "")) + lines[other])
        else:
            words = lines[one].split(" ")
            words[rng.randrange(len(words))] = rng.choice(ODD_WORDS)
            lines[one] = " ".join(words)
        text = "\n".join(lines)
    return text[:200_000].encode("utf-8", "surrogateescape")


def _bytes(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return rng.randbytes(rng.randint(0, 40))
    at = rng.randrange(len(data))
    act = rng.randrange(4)
    if act == 0:
        return data[:at] + rng.randbytes(rng.randint(1, 4)) + data[at + 1 :]
    if act == 1:
        return data[:at]
    if act == 2:
        return data[:at] + data[at + rng.randint(1, 30) :]
    return data[:at] + data[max(0, at - 30) : at] + data[at:]


def _zip(data: bytes, rng: random.Random) -> bytes:
    """One member changed: rows of a database, values of JSON, or bytes; sometimes the container itself."""
    if rng.random() < 0.1:
        return _bytes(data, rng)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError):
        return _bytes(data, rng)
    name = rng.choice(list(members))
    content = members[name]
    if content.startswith(b"SQLite format 3"):
        members[name] = _database(content, rng)
    else:
        members[name] = _json(content, rng) if content[:1] in (b"{", b"[") else _bytes(content, rng)
    if rng.random() < 0.1:
        members[rng.choice(("../x", "con", "a/b", "\u202e.png", "0", "media"))] = members.pop(name)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return target.getvalue()


def _database(content: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.2:
        return _bytes(content, rng)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(content)
        connection = sqlite3.connect(path)
        try:
            tables = [row[0] for row in connection.execute("select name from sqlite_master where type='table'")]
            for _ in range(rng.randint(1, 4)):
                table = rng.choice(tables)
                columns = [row[1] for row in connection.execute(f'pragma table_info("{table}")')]
                value = rng.choice(ODD_VALUES)
                old = connection.execute(f'select "{rng.choice(columns)}" from "{table}" limit 1').fetchone()
                if old and isinstance(old[0], str) and old[0][:1] in "{[":
                    value = _json(old[0].encode(), rng).decode("utf-8", "replace")
                elif isinstance(value, (dict, list, int)) and not isinstance(value, bool):
                    value = json.dumps(value)
                elif isinstance(value, str):
                    value = value.encode("utf-8", "replace").decode()
                connection.execute(f'update "{table}" set "{rng.choice(columns)}" = ?', (value,))
            connection.commit()
        except sqlite3.Error:
            return _bytes(content, rng)
        finally:
            connection.close()
        return path.read_bytes()
