"""Explain a rule: what it reports, why, an example, the fix."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

import click

from vaultkit.base.record import field_names
from vaultkit.cli.console import terminal_width, wants_color
from vaultkit.lint.rule import Rule, all_rules, find_rule
from vaultkit.lint.rule_docs import rule_page
from vaultkit.lint.rule_docs_markdown import markdown_pages
from vaultkit.report.full import wrapped


@click.command()
@click.argument("names", nargs=-1, metavar="[CODE|NAME]...")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="Format of the output.",
)
def command(names: tuple[str, ...], output_format: str) -> None:
    """Explain rules by CODE or NAME. Without one, list all rules; in Markdown and JSON with their pages.

    JSON is one object for one rule, otherwise a list.
    """
    rules = [find_rule(name) for name in names] or list(all_rules())
    if output_format == "json":
        documents = [_as_dict(rule) for rule in rules]
        document = documents[0] if len(names) == 1 else documents
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    elif output_format == "markdown":
        sys.stdout.write("\n".join(markdown_pages(rules)) + "\n")
    elif names:
        for at, rule in enumerate(rules):
            sys.stdout.write("\n\n" * bool(at))
            _explain(rule)
    else:
        width = max(len(rule.name) for rule in all_rules())
        for rule in all_rules():
            on = "on " if "default" in rule.presets else "off"
            first = rule_page(rule)[0].replace("\n", " ")
            sys.stdout.write(f"{rule.code}  {rule.name:<{width}}  {rule.severity:<7}  {on}  {first}\n")


def _as_dict(rule: Rule) -> dict[str, Any]:
    head, sections = rule_page(rule)
    module = import_module(rule.module)
    defaults = rule.options()
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "default": "default" in rule.presets,
        "presets": [*rule.presets, "strict"],
        "summary": head,
        **{name.lower(): text for name, text in sections},
        "options": {option.replace("_", "-"): getattr(defaults, option) for option in field_names(rule.options)},
        "bad": _shown(module.BAD),
        "good": _shown(module.GOOD),
    }


def _shown(example: dict[str, str | bytes] | None) -> dict[str, str]:
    return {
        path: content if isinstance(content, str) else repr(content)[2:-1] for path, content in (example or {}).items()
    }


def _wrapped(text: str) -> list[str]:
    """The text in lines of the terminal's width, no word cut; into a pipe as it is."""
    width = terminal_width() if sys.stdout.isatty() else 0
    return [part for line in text.split("\n") for part in (wrapped(line, width, width) if width else [line])]


def _explain(rule: Rule) -> None:
    color = wants_color("auto")

    def strong(text: str) -> str:
        return click.style(text, bold=True) if color else text

    head, sections = rule_page(rule)
    on = "on by default" if "default" in rule.presets else "off by default"
    lines = [f"{strong(f'{rule.code} {rule.name}')} ({rule.severity}, {on})", "", *_wrapped(head), ""]
    for name, text in sections:
        first, *more = _wrapped(f"{name}: {text}")
        lines += [f"{strong(name)}{first.removeprefix(name)}", *more, ""]
    module = import_module(rule.module)
    for title, example in (("Bad", _shown(module.BAD)), ("Good", _shown(module.GOOD))):
        if example:
            lines.append(strong(title))
            for path, content in example.items():
                lines.append(f"    {path}" + ("" if content else "  (any content)"))
                lines += [f"      | {line}" for line in content.rstrip("\n").split("\n") if content]
            lines.append("")
    defaults = rule.options()
    if field_names(rule.options):
        lines.append(strong("In the configuration"))
        lines.append(f"    [rules.{rule.code}]")
        for option in field_names(rule.options):
            value = getattr(defaults, option)
            lines.append(f"    {option.replace('_', '-')} = {json.dumps(value)}")
        lines.append("")
    lines += [
        strong("To switch it off"),
        f"    vaultkit check --ignore {rule.code}",
        f'    ignore = ["{rule.code}"] under [lint], or a line under [lint.per-file-ignores]',
        "",
        strong("To silence one finding"),
        f"    %% vaultkit-disable-line {rule.code} -- why %%, or vaultkit-disable-next-line, or",
        f"    %% vaultkit-disable {rule.code} %% … %% vaultkit-enable %%; in properties vaultkit-ignore: [{rule.code}]",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
