"""Character error rate of each engine on sixty drawn pictures, by kind.

Run it with the extra [ocr], tesseract with deu, fra and chi-sim, and the fonts that it names::

    python tests/bench/pictures_accuracy.py            # a table, and seconds for each picture
    python tests/bench/pictures_accuracy.py --wrong    # also every line that differs
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict

from pictures_drawn import Drawn, drawn
from rapidfuzz.distance import Levenshtein

from vaultkit.pictures.decode import decode
from vaultkit.pictures.engine import Engine, installed_engines, make_engine
from vaultkit.pictures.layout import joined_text

LANGUAGES = {"German": ("de", "en"), "French": ("fr", "en"), "Chinese": ("zh", "en")}


def plain(text: str, kind: str) -> str:
    """Spaces count once; in Chinese they do not count."""
    return re.sub(r"\s+", "" if kind == "Chinese" else " ", text).strip()


def main() -> None:
    pictures = list(drawn())
    table: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for name in installed_engines():
        engines: dict[tuple[str, ...], Engine] = {}
        started = time.perf_counter()
        for one in pictures:
            languages = LANGUAGES.get(one.kind, ("en",))
            if languages not in engines:
                engines[languages] = (
                    make_engine(name, languages, 1)
                    if name == "tesseract" or not engines
                    else next(iter(engines.values()))
                )
            table[one.kind][name].append(errors(one, engines[languages], name))
        print(f"{name}: {(time.perf_counter() - started) / len(pictures):.2f} s a picture, one process")
    print(f"\n| kind | pictures | characters | {' | '.join(installed_engines())} |")
    print("| --- | --- | --- |" + " --- |" * len(installed_engines()))
    for kind, found in table.items():
        counts = next(iter(found.values()))
        rates = [f"{100 * sum(e for e, _ in rows) / sum(n for _, n in rows):.1f} %" for rows in found.values()]
        print(f"| {kind} | {len(counts)} | {sum(n for _, n in counts)} | {' | '.join(rates)} |")


def errors(one: Drawn, engine: Engine, name: str) -> tuple[int, int]:
    read = joined_text(engine.read(decode(one.data).image))
    want, got = plain(one.text, one.kind), plain(read, one.kind)
    wrong = Levenshtein.distance(want, got)
    if wrong and "--wrong" in sys.argv:
        print(f"{name} {one.kind} {wrong}\n  - {want}\n  + {got}")
    return wrong, len(want)


if __name__ == "__main__":
    main()
