"""The hook reads a few notes; what it says is what reading all of them would say."""

from __future__ import annotations

import random
import re

import pytest
from repositories import Repository

from vaultkit.base.text import line_and_column
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.snapshot import Snapshot


def random_files(chance: random.Random) -> dict[str, str]:
    folders = ["", "d/", "d/e/", "f g/"]
    names = ["Alpha", "Beta", "gamma ray", "Delta-4", "Épsilon", "zeta"]
    paths = sorted({chance.choice(folders) + chance.choice(names) + ".md" for _ in range(9)})
    return {path: text(chance, paths) for path in paths}


def text(chance: random.Random, paths: list[str]) -> str:
    lines = [f"## {word}" for word in chance.sample(["One", "Two", "Three"], 2)] + ["a claim ^c1"]
    for _ in range(5):
        path = chance.choice(paths)
        name = path.rpartition("/")[2].removesuffix(".md")
        lines.append(
            chance.choice(
                [
                    f"[[{name}]]", f"[[{name}#One|x]]", f"![[{name}#^c1]]", f"[x]({path.replace(' ', '%20')})",
                    f"[[{path.removesuffix('.md')}#Two]]", f"[x](./{name.replace(' ', '%20')}.md)", f"[[{name.upper()}]]",
                    "[[Nobody]]", "[[Alhpa]]",
                ]
            )
        )  # fmt: skip
    return "\n".join(lines) + "\n"


def places(line: str) -> tuple[str, ...]:
    """Place and rule of a finding, without its severity."""
    match = re.match(r"(.*?:\d+:\d+): \w+ (\w+) ", line)
    assert match, line
    return match.groups()


def concerned(before: Snapshot, after: Snapshot, staged: set[str], renamed: dict[str, str]) -> set[str]:
    """Places of links in untouched notes that do not open any more what they opened, or only by luck."""
    found = set()
    for path, bound in before.bound_links():
        if path in staged or path not in after.files or bound.target is None:
            continue
        link = bound.link
        now = after.resolve(link.linkpath, path)
        is_lost = now.path is None or now.path not in (bound.target, renamed.get(bound.target))
        if now.path is not None and before.place(bound.target, link.subpath).kind != "missing":
            is_lost |= after.place(now.path, link.subpath).kind == "missing"
        if not is_lost and not now.is_exact and "/" not in link.linkpath:
            is_lost |= len(now.candidates) > 1 and len(bound.resolution.candidates) == 1
        if is_lost:
            line, column = line_and_column(before.notes[path].line_starts, link.start)
            found.add(f"{path}:{line}:{column}")
    return found


@pytest.mark.parametrize("seed", range(16))
def test_same_as_reading_everything(repository: Repository, seed: int):
    chance = random.Random(seed)
    files = random_files(chance)
    repository.commit(files)
    paths = sorted(files)
    now: dict[str, str] = dict(files)
    for path in chance.sample(paths, 2):
        del now[path]
    for path in chance.sample(sorted(now), 2):
        now[path] = text(chance, paths)
    added = chance.choice(["", "d/", "f g/"]) + chance.choice(["Alpha", "Beta", "Eta"]) + ".md"
    now[added] = text(chance, paths)
    repository.write({path: now.get(path) for path in {*files, *now} if files.get(path) != now.get(path)})
    repository.git("add", "-A")
    staged = {path for path in now if now[path] != files.get(path)}
    lines = repository.hook()[1]
    check = repository.vaultkit("check", "--show-info", "--output-format", "concise")[1].splitlines()
    told = [line for line in lines if re.match(r"\S.*:\d+:\d+: ", line)]
    mine = [line for line in check if re.match(r"(.*?):\d+:\d+: ", line)[1] in staged]
    assert {line for line in mine if ": info " not in line} <= set(told)
    # A link that worked before the commit is never only info.
    assert {places(line) for line in told} <= {places(line) for line in mine}
    broken = {match[1] for line in lines if (match := re.match(r"  (.*?:\d+:\d+): ", line))}
    changes = repository.git("-c", "core.quotePath=off", "diff", "--cached", "--name-status", "-M").splitlines()
    renamed = {row.split("\t")[1]: row.split("\t")[2] for row in changes if row.startswith("R")}
    assert broken == concerned(vault_of(files), vault_of(now), staged, renamed)
