"""The reference of the command line in Markdown, made from the commands themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from vaultkit.cli.app import Group, group


def all_commands() -> Iterator[tuple[str, click.Command]]:
    """Yield (words, command) of every command and subcommand, such as ("graph path", …)."""
    with click.Context(group, info_name="vaultkit") as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield from _with_children(name, command)


def _with_children(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        with click.Context(command, info_name=words) as context:
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                assert child is not None
                yield from _with_children(f"{words} {name}", child)


def file_stem(words: str) -> str:
    """Return the file name of a command's page: ``base:query`` has the page ``base-query``."""
    return words.partition(" ")[0].replace(":", "-")


def command_index() -> str:
    """Return a Markdown document that lists all commands, each with a link to its page."""
    with click.Context(group) as context:
        rows = [(name, group.first_line(name)) for name in group.list_commands(context)]
    lines = ["# Commands", "", "`vaultkit COMMAND --help` prints the same. Exit status of every command: 0 success,"]
    lines += ["1 findings, 2 wrong usage or configuration, 3 a bug in vaultkit, 130 interrupted.", ""]
    lines += ["| command | what it does |", "| --- | --- |"]
    lines += [f"| [`{name}`](commands/{file_stem(name)}.md) | {_cell(line)} |" for name, line in rows]
    return "\n".join(lines) + "\n"


def command_document(name: str) -> str:
    """Return the page of a command with its subcommands."""
    lines: list[str] = []
    for words, command in all_commands():
        if words == name or words.startswith(f"{name} "):
            lines += [f"{'#' * (1 + words.count(' '))} vaultkit {words}", "", *_body(words, command), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _body(words: str, command: click.Command) -> Iterator[str]:
    with click.Context(command, info_name=f"vaultkit {words}") as context:
        usage = " ".join(command.collect_usage_pieces(context))
    yield from ("```sh", f"vaultkit {words} {usage}".rstrip(), "```", "")
    text = inspect.cleandoc(command.help or "").replace("\b\n", "")
    yield _escaped(text)
    options = [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
    if options:
        yield from ("", "| option | meaning |", "| --- | --- |")
        yield from (_row(option) for option in options)
    if isinstance(command, Group):
        yield from ("", "Subcommands are described below.")


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag or option.count else f" `{_value(option)}`"
    more = []
    if option.show_default and option.default is not None and not option.is_flag:
        more.append(f"Default: `{option.default}`.")
    if option.envvar:
        more.append(f"Environment: `{option.envvar}`.")
    if option.multiple:
        more.append("Repeatable.")
    return f"| {names}{value.replace('|', chr(92) + '|')} | {_cell(' '.join([option.help or '', *more]))} |"


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices))
    return option.metavar or option.type.name.upper()


def _cell(text: str) -> str:
    return (
        re.sub(r"\s+", " ", text).replace("|", "\\|").strip(" ") if "`" in text else _escaped(text).replace("|", "\\|")
    )


def _escaped(text: str) -> str:
    """Text of a help page as Markdown: words in brackets and angles are no links and no HTML."""
    return re.sub(r"(?<!`)([\[\]<>*_])(?!`)", r"\\\1", text) if "`" not in text else text
