"""The pages of all rules as one Markdown document, so that no rule can be left out of the handbook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType

from vaultkit.base.record import field_names
from vaultkit.lint.rule import Rule
from vaultkit.lint.rule_docs import rule_page

_GROUPS = {
    "LK": "Links",
    "EM": "Embeds and images",
    "PR": "Properties and tags",
    "FC": "Flashcards",
    "ST": "Structure",
    "NM": "Naming",
    "HY": "Vault hygiene",
    "TX": "Text",
    "VK": "vaultkit itself",
}


def markdown_pages(rules: Iterable[Rule]) -> Iterator[str]:
    """The lines of a Markdown document with a page for each rule, by group."""
    group = ""
    for rule in rules:
        if rule.code[:2] != group:
            group = rule.code[:2]
            yield from (f"## {_GROUPS[group]} ({group})", "")
        yield from _markdown_page(rule)


def rule_document(rule: Rule) -> str:
    """Return the page of one rule as a Markdown document."""
    title, *lines = _markdown_page(rule)
    rest = [
        "## Configure it",
        "",
        "```toml",
        "[lint]",
        f'ignore = ["{rule.code}"]                 # switch it off',
        f'extend-select = ["{rule.code}"]          # switch it on',
        "",
        "[lint.severity]",
        f'{rule.code} = "info"                     # or "error", "warning"',
        "```",
        "",
        f"Suppress one finding with a comment: `%% vaultkit-disable-line {rule.code} -- reason %%`. "
        "See [Suppress findings](../check.md#suppress-findings).",
    ]
    return "\n".join([title.removeprefix("##"), *lines, *rest]) + "\n"


def rule_index(rules: Iterable[Rule]) -> str:
    """A Markdown document that lists the rules by group, each with a link to its page."""
    lines = ["# Rules", "", "`on` marks the rules that run by default. `vaultkit rule CODE` prints a page."]
    group = ""
    for rule in rules:
        if rule.code[:2] != group:
            group = rule.code[:2]
            lines += ["", f"## {_GROUPS[group]} ({group})", ""]
            lines += ["| code | name | severity | default | reports |", "| --- | --- | --- | --- | --- |"]
        first = rule_page(rule)[0].replace("\n", " ").replace("|", "\\|")
        on = "on" if "default" in rule.presets else ""
        lines.append(f"| [{rule.code}](rules/{rule.code}.md) | `{rule.name}` | {rule.severity} | {on} | {first} |")
    return "\n".join(lines) + "\n"


def _markdown_page(rule: Rule) -> Iterator[str]:
    head, sections = rule_page(rule)
    module = import_module(rule.module)
    on = f"on in {', '.join((*rule.presets, 'strict'))}"
    yield from (f"### {rule.code} `{rule.name}`", "", f"{rule.severity}, {on}", "", head.replace("\n", " "), "")
    for name, text in sections:
        yield from (f"**{name}.** {text}", "")
    defaults = rule.options()
    if field_names(rule.options):
        options = [
            f"{name.replace('_', '-')} = {json.dumps(getattr(defaults, name))}" for name in field_names(rule.options)
        ]
        yield from ("```toml", f"[rules.{rule.code}]", *options, "```", "")
    yield from _example("Bad", module, "BAD")
    yield from _example("Good", module, "GOOD")


def _example(title: str, module: ModuleType, name: str) -> Iterator[str]:
    """Return the files of an example, each in a fence longer than any inside it."""
    for path, content in (getattr(module, name) or {}).items():
        shown = content if isinstance(content, str) else ""
        if not shown:
            yield from (f"{title}: `{path}`" + (", a file of bytes" if content else ""), "")
            continue
        fence = "```"
        while fence in shown:
            fence += "`"
        language = "toml" if path.endswith(".toml") else "json" if path.endswith((".json", ".canvas")) else "markdown"
        yield from (f"{title}: `{path}`", "", fence + language, shown.rstrip("\n"), fence, "")
