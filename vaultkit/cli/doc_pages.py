"""The documentation: pages in `vaultkit/docs`, and pages that are made from the commands, rules and configuration."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib import resources

from vaultkit.base.errors import VaultkitError

# Pages of `vaultkit/docs`, in the order in which a newcomer reads them.
WRITTEN = (
    "index", "start", "check", "flashcards", "map", "graph", "pictures", "hook", "ci", "editors", "python",
    "configuration", "obsidian", "obsidian-commands", "search-and-bases", "internals", "contributing", "stability",
)  # fmt: skip
_CONFIGURATION = "<!-- generated: configuration -->"
_MEASURES = "<!-- generated: measures -->"


def page_names() -> tuple[str, ...]:
    """Return the names of all pages, such as "start", "rules/LK001" and "commands/check"."""
    from vaultkit.cli.command_docs import all_commands, file_stem
    from vaultkit.lint.rule import all_rules

    commands = sorted({f"commands/{file_stem(words)}" for words, _ in all_commands()})
    return (*WRITTEN, "commands", *commands, "rules", *(f"rules/{rule.code}" for rule in all_rules()))


def page(name: str) -> str:
    """Return the page of this name as Markdown.

    Raises:
        VaultkitError: there is no such page.
    """
    if name in WRITTEN:
        return _expanded(resources.files("vaultkit").joinpath("docs", f"{name}.md").read_text(encoding="utf-8"))
    if name.startswith("rules"):
        return _rule_page(name)
    if name.startswith("commands"):
        return _command_page(name)
    raise _no_page(name)


def find_page(word: str) -> str:
    """Return the name of the page that a word means: a page, a command, or a rule by code or name.

    Raises:
        VaultkitError: it means none.
    """
    names = page_names()
    wanted = word.removesuffix(".md").strip("/")
    for name in (wanted, f"commands/{wanted.replace(':', '-')}", f"rules/{wanted.upper()}"):
        if name in names:
            return name
    from vaultkit.lint.rule import all_rules

    for rule in all_rules():
        if rule.name == wanted:
            return f"rules/{rule.code}"
    raise _no_page(word)


def all_pages() -> Iterator[tuple[str, str]]:
    """Yield (name, Markdown) of every page."""
    for name in page_names():
        yield name, page(name)


def title_of(markdown: str) -> str:
    """Return the text of the first heading."""
    return markdown.lstrip().split("\n", 1)[0].removeprefix("# ")


def write_pages(folder: str) -> int:
    """Write all pages as Markdown files into a folder, and return how many.

    Raises:
        VaultkitError: the folder cannot be written.
    """
    count = 0
    try:
        for name, text in all_pages():
            path = os.path.join(folder, *f"{name}.md".split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            count += 1
    except OSError as error:
        raise VaultkitError(f"{folder}: cannot be written ({error.strerror}); name another folder") from error
    return count


def write_html(folder: str) -> None:
    """Write all pages as HTML files into a folder; links between them work offline.

    Raises:
        VaultkitError: the folder cannot be written.
    """
    import html

    import pyromark

    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
    try:
        for name, text in all_pages():
            body = pyromark.html(text, options=options)
            body = re.sub(r'(<a href="(?![a-z]+:)[^"#]*)\.md([#"])', r"\1.html\2", body)
            body = re.sub(r"<h([1-4])>(.*?)</h\1>", _with_anchor, body)
            path = os.path.join(folder, *f"{name}.html".split("/"))
            up = "../" * name.count("/")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(_HTML.format(title=html.escape(title_of(text)), up=up, body=body))
    except OSError as error:
        raise VaultkitError(f"{folder}: cannot be written ({error.strerror}); name another folder") from error


def _with_anchor(found: re.Match[str]) -> str:
    text = re.sub(r"<[^>]+>", "", found[2])
    return f'<h{found[1]} id="{slug(text)}">{found[2]}</h{found[1]}>'


def slug(heading: str) -> str:
    """Return the anchor of a heading as GitHub and zensical make it.

    >>> slug("Suppress findings")
    'suppress-findings'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


_HTML = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title} – vaultkit</title>
<style>body{{max-width:50rem;margin:2rem auto;padding:0 1rem;font:1rem/1.55 system-ui,sans-serif;color-scheme:light dark}}
pre{{overflow:auto;padding:.7rem;background:#8881;border-radius:.3rem}}code{{font-size:.92em}}table{{border-collapse:collapse}}
td,th{{border:1px solid #8885;padding:.3rem .5rem;text-align:left;vertical-align:top}}</style>
<nav><a href="{up}index.html">Documentation</a> · <a href="{up}commands.html">Commands</a> ·
<a href="{up}rules.html">Rules</a> · <a href="{up}configuration.html">Configuration</a></nav>
{body}</html>
"""


def _expanded(text: str) -> str:
    if _CONFIGURATION in text:
        from vaultkit.lint.config_docs import config_reference

        text = text.replace(_CONFIGURATION, config_reference())
    if _MEASURES in text:
        from vaultkit.graph.measures import table

        text = text.replace(_MEASURES, table())
    return text


def _rule_page(name: str) -> str:
    from vaultkit.lint.rule import all_rules
    from vaultkit.lint.rule_docs_markdown import rule_document, rule_index

    if name == "rules":
        return rule_index(all_rules())
    for rule in all_rules():
        if name == f"rules/{rule.code}":
            return rule_document(rule)
    raise _no_page(name)


def _command_page(name: str) -> str:
    from vaultkit.cli.command_docs import all_commands, command_document, command_index, file_stem

    if name == "commands":
        return command_index()
    for words, _ in all_commands():
        if name == f"commands/{file_stem(words)}":
            return command_document(words)
    raise _no_page(name)


def _no_page(name: str) -> VaultkitError:
    from difflib import get_close_matches

    near = get_close_matches(name, page_names(), n=1, cutoff=0.6)
    hint = f"did you mean `vaultkit docs {near[0]}`?" if near else "`vaultkit docs` lists the pages"
    return VaultkitError(f"no documentation page `{name}`; {hint}")
