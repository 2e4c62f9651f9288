"""Add the inputs that the fuzzer found to ``cases/model.jsonl``, with the model's answers.

    python tests/conformance/add_cases.py --model DIR [differences.jsonl ...] [--generated 50 --seed 1]

The files are those that ``tests/bench/parser_fuzz.py --out`` writes. An input whose shape is already among
the cases is left out. ``--generated`` adds whole notes of the generator.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from fuzz_excuses import is_unsure
from markdown_generator import QuickRandom, generated
from parser_fuzz import shape
from remark_model import KEYS, Model, missing_part, model_view

CASES = Path(__file__).with_name("cases")


def expected(model: Model, text: str) -> dict[str, Any] | None:
    """The model's answer as a case expects it; None where it fails or cannot know."""
    answer = {"error": "unsure"} if is_unsure(text) else model.ask([text])[0]
    if "error" in answer:
        return None
    view = model_view(text, answer)
    return {key: [list(row) for row in view[key]] for key in KEYS}


def case_line(case: dict[str, Any]) -> str:
    """The case as JSON in which characters that an editor does not show are escaped."""
    line = json.dumps(case, ensure_ascii=False)
    return "".join(c if c == " " or c.isprintable() else json.dumps(c)[1:-1] for c in line)


def main() -> int:
    """Read the differences, append what is new, and print how much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("differences", type=Path, nargs="*", help="files written by parser_fuzz.py --out")
    parser.add_argument("--model", type=Path, required=True, help="folder with model.js and node_modules")
    parser.add_argument("--per-kind", type=int, default=20, help="most new cases of one kind of difference")
    parser.add_argument("--generated", type=int, default=0, help="whole generated notes to add")
    parser.add_argument("--seed", type=int, default=1, help="seed of the generated notes")
    options = parser.parse_args()
    if missing := missing_part(options.model):
        print(f"skipped: {missing}")
        return 2
    found = [
        json.loads(line)
        for path in options.differences
        for line in path.read_text(encoding="utf-8").split("\n")
        if line
    ]
    texts = sorted(((entry["kind"], entry["input"]) for entry in found), key=lambda text: (text[0], len(text[1])))
    for number in range(options.generated):
        texts.append(
            (f"generated note {number} of seed {options.seed}", generated(QuickRandom(f"{options.seed}:{number}")))
        )
    file = CASES / "model.jsonl"
    lines = file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []
    known = {
        shape(json.loads(line).get("input", ""))
        for path in CASES.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").split("\n")
        if line
    }
    model, added, per_kind = Model(options.model), len(lines), dict.fromkeys([kind for kind, _ in texts], 0)
    for kind, text in texts:
        answer = expected(model, text) if shape(text) not in known and per_kind[kind] < options.per_kind else None
        if answer is not None:
            known.add(shape(text))
            per_kind[kind] += 1
            case = {"id": f"M{len(lines) + 1:04d}", "type": "cache", "title": kind, "source": "model"}
            lines.append(case_line(case | {"input": text, "expect": answer}))
    model.close()
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines) - added} cases added to {file}, which has {len(lines)} now")
    return 0


if __name__ == "__main__":
    sys.exit(main())
