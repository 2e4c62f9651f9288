"""Vaults put together from the rules' own examples."""

from __future__ import annotations

import random
from importlib import import_module

from vaultkit.lint.rule import all_rules


def random_vault(seed: int) -> dict[str, bytes]:
    """Some of the rules' own examples put together: side by side, in folders, or in one note."""
    chance = random.Random(seed)
    examples = [
        example
        for rule in all_rules()
        for example in (import_module(rule.module).BAD, import_module(rule.module).GOOD)
        if example
    ]
    files: dict[str, bytes] = {}
    for example in chance.sample(examples, chance.randint(1, min(8, len(examples)))):
        folder = chance.choice(["", "", "", "Sub/", "x/"])
        for path, content in example.items():
            data = content.encode() if isinstance(content, str) else content or b""
            if path.endswith(".md"):
                if chance.random() < 0.2:
                    data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
                if chance.random() < 0.5:
                    data += b"\n"
            if path.endswith(".md") and folder + path in files:
                data = chance.choice([b"\n", b"\n\n", b" "]).join([files[folder + path], data])
            files[folder + path] = data
    return files
