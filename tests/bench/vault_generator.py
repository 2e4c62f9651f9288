"""Write a vault of any size whose notes look like people's notes: the same seed gives the same vault.

    python tests/bench/vault_generator.py FOLDER [--notes 10000] [--seed 1]

A note has about 2 kB: properties, headings, prose with wikilinks, a list, now and then a table, code, a formula,
a callout or a picture. One note in forty holds a link that opens nothing; one in a hundred a link to a heading
that does not exist.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

SYLLABLES = "ba be bi bo da de di do fa fe ga ge gi ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se ta te ti to va ve vi".split()
A_FOLDER = 100  # notes


def words_of(random_: random.Random, count: int) -> list[str]:
    """Words that can be pronounced, the first ones used most, as in a language."""
    return ["".join(random_.choice(SYLLABLES) for _ in range(random_.randint(1, 4))) for _ in range(count)]


def sentence(random_: random.Random, words: list[str]) -> str:
    """One sentence."""
    size = len(words)
    chosen = [words[int(size * random_.random() ** 3)] for _ in range(random_.randint(6, 16))]
    return " ".join(chosen).capitalize() + "."


def note_text(random_: random.Random, words: list[str], titles: list[str], number: int) -> str:
    """The text of one note."""
    links = [random_.choice(titles[max(0, number - 200) : number + 200]) for _ in range(6)]
    links += [titles[int(len(titles) * random_.random() ** 4)] for _ in range(3)]
    lines = [
        "---",
        f"tags: [{random_.choice(words[:40])}, {random_.choice(words[:40])}]",
        f"created: 20{10 + number % 15}-0{1 + number % 9}-1{number % 10}",
        "---",
        f"# {titles[number]}",
        "",
    ]
    for part in range(3):
        lines += [f"## {random_.choice(words).capitalize()} {part}", ""]
        paragraph = [sentence(random_, words) for _ in range(4)]
        for _ in range(3):
            place = random_.randrange(len(paragraph))
            paragraph[place] += f" See [[{links.pop()}]]."
        lines += [" ".join(paragraph), ""]
        kind = random_.randrange(8)
        if kind == 0:
            lines += ["| a | b |", "|---|---|", f"| {random_.choice(words)} | **{random_.choice(words)}** |", ""]
        elif kind == 1:
            lines += ["```python", f"{random_.choice(words)} = {number}", "```", ""]
        elif kind == 2:
            lines += [f"The rule $x_{number} = y^2$ holds.", ""]
        elif kind == 3:
            lines += [f"> [!note] {random_.choice(words)}", f"> {sentence(random_, words)}", ""]
        else:
            lines += [f"- {sentence(random_, words)}" for _ in range(3)] + [""]
    if number % 40 == 7:
        lines += [f"Later: [[{random_.choice(words)} {random_.choice(words)} {number}x]].", ""]
    if number % 100 == 9:
        lines += [f"[[{random_.choice(titles)}#No such heading {number}]]", ""]
    if number % 25 == 3:
        lines += [f"![[picture {number // 50}.png|300]]", ""]
    return "\n".join(lines)


def path_of(number: int, title: str) -> str:
    """The path of a note in the vault."""
    return f"Topic {number // A_FOLDER // 10}/Part {number // A_FOLDER}/{title}.md"


def generate(folder: Path, notes: int, seed: int = 1) -> None:
    """Write the vault."""
    random_ = random.Random(seed)
    words = words_of(random_, 4000)
    titles = [f"{random_.choice(words)} {random_.choice(words)} {number}" for number in range(notes)]
    for number, title in enumerate(titles):
        path = folder / path_of(number, title)
        if number % A_FOLDER == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(note_text(random_, words, titles, number), encoding="utf-8")
    pictures = folder / "Pictures"
    pictures.mkdir(exist_ok=True)
    for number in range(0, notes, 50):
        (pictures / f"picture {number // 50}.png").write_bytes(PNG)
    (folder / ".obsidian").mkdir(exist_ok=True)
    (folder / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6300010000000500010d0a2db40000000049454e44ae426082"
)


def main() -> None:
    """Read the arguments and write the vault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    generate(wanted.folder, wanted.notes, wanted.seed)


if __name__ == "__main__":
    main()
