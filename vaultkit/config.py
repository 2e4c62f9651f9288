"""Configuration: one TOML table to a frozen `Config`.

The first of ``.vaultkit.toml``, ``vaultkit.toml`` and ``pyproject.toml`` with ``[tool.vaultkit]`` is
taken, from the vault's folder upwards; levels are not merged, ``extend`` names a file to inherit from.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from vaultkit.base.errors import ConfigError
from vaultkit.base.record import record
from vaultkit.base.safe_read import read_regular

Value = str | int | float | bool | tuple[str, ...]

# The spaced-repetition plugin keeps all schedules beside its settings; a baseline of 100,000 findings has 15 MB.
MAX_SETTINGS_BYTES = 100_000_000

Read = Callable[[str], bytes]  # the bytes of a file by its path; raises OSError

# The folder of Obsidian's settings, unless the user named another one. No other module has it as a literal.
OBSIDIAN_FOLDER = ".obsidian"
FILE_NAMES = (".vaultkit.toml", "vaultkit.toml", "pyproject.toml")
# Keys of [cards] with a value of their kind; what stands here is not a default, only the kind counts.
CARD_KEYS: Mapping[str, Value] = {
    "formats": (),
    "single-separator": "",
    "single-reversed-separator": "",
    "multi-separator": "",
    "multi-reversed-separator": "",
    "end-marker": "",
    "cloze-patterns": (),
    "tags": (),
    "ignored-tags": (),
    "ignored-paths": (),
    "folders-as-decks": False,
    "callouts": (),
}
CARD_FORMATS = ("sr", "heading", "callout", "qa", "worksheet", "brainscape", "quizwiz")
PRESETS = ("default", "learning", "publish", "strict")
SEVERITIES = ("error", "warning", "info")
MAX_EXTENDS = 10


@record
class Config:
    """All settings, with vaultkit's defaults.

    source:           the file the settings came from; "" for the defaults.
    preset:           which rules are on before the lists below.
    exclude:          patterns of paths that do not exist for vaultkit.
    index_only:       patterns of paths that links may point to and that are not checked.
    respect_gitignore: whether files that git ignores are left out, too.
    obsidian_config:  settings are read from the vault's configuration folder.
    obsidian_folder:  name of that folder.
    select:           rules that are on, instead of the preset's; empty for the preset's.
    extend_select:    rules that are on as well.
    ignore:           rules that are off.
    per_file_ignores: (pattern, rules that are off there).
    severity:         (rule, severity).
    rule_options:     (rule, ((option, value), …)).
    cards:            (key, value) of what makes a flashcard, instead of the spaced-repetition plugin's own settings.
    notices:          what in the file was not understood, one sentence each.
    Rules are written as code, prefix or name, as in the file.
    """

    source: str = ""
    preset: str = "default"
    exclude: tuple[str, ...] = ()
    index_only: tuple[str, ...] = ()
    respect_gitignore: bool = True
    obsidian_config: bool = True
    obsidian_folder: str = OBSIDIAN_FOLDER
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    rule_options: tuple[tuple[str, tuple[tuple[str, Value], ...]], ...] = ()
    cards: tuple[tuple[str, Value], ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def settings_folder(self) -> str:
        """The folder that the vault's own settings are read from; "" for none."""
        return self.obsidian_folder if self.obsidian_config else ""


def read_file(path: str) -> bytes:
    """Return the bytes of a regular file on disk.

    Raises:
        OSError: as `read_regular`.
    """
    return read_regular(path, MAX_SETTINGS_BYTES)


def find_config(folder: str, read: Read | None = None) -> str | None:
    """Path of the configuration file that holds for the vault in ``folder``; None when there is none.

    read: content of the files, where it differs from the disk.
    """
    folder = os.path.abspath(folder)
    while True:
        for name in FILE_NAMES:
            path = os.path.join(folder, name)
            is_there = os.path.isfile(path) if read is None else _is_file(path, read)
            if is_there and (name != "pyproject.toml" or has_settings(path, read or read_file)):
                return path
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _is_file(path: str, read: Read) -> bool:
    try:
        read(path)
    except OSError:
        return False
    return True


def has_settings(path: str, read: Read = read_file) -> bool:
    """The file, a pyproject.toml, has a table of ours."""
    try:
        return b"tool.vaultkit" in read(path)
    except OSError:
        return False


def user_config() -> str | None:
    """Path of the user's own configuration, which holds where no vault says otherwise; None when there is none."""
    home = os.environ.get("APPDATA") if os.name == "nt" else os.environ.get("XDG_CONFIG_HOME")
    folder = home or os.path.join(os.path.expanduser("~"), ".config")
    path = os.path.join(folder, "vaultkit", "vaultkit.toml")
    return path if os.path.isfile(path) else None


def read_config(path: str | None, settings: Iterable[str] = (), read: Read = read_file) -> Config:
    """The settings of a configuration file, and of ``key = value`` texts, which win. read: as in `find_config`.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or a value has the wrong type.
    """
    table = _merged(layer for _, layer in layers(path, settings, read))
    return parse_config(table, path or "")


def layers(path: str | None, settings: Iterable[str] = (), read: Read = read_file) -> list[tuple[str, dict[str, Any]]]:
    """(where it stands, table) of all that holds: what is inherited first, the command line last.

    Raises:
        ConfigError: a file cannot be read, or something is no TOML.
    """
    found: list[tuple[str, dict[str, Any]]] = []
    while path is not None:
        if len(found) > MAX_EXTENDS:
            raise ConfigError(f"{path}: `extend` is circular; remove one of its files")
        table = _load(path, read)
        base = table.pop("extend", None)
        if base is not None and not isinstance(base, str):
            raise ConfigError(f"{path}: `extend` must be the path of one file")
        found.insert(0, (path, table))
        path = os.path.join(os.path.dirname(path), base) if base is not None else None
    for text in settings:
        found.append(("command line", _setting(text)))
    return found


def _setting(text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigError("--config: not valid TOML: nested too deeply") from None
    except ValueError as error:
        raise ConfigError(f"--config {text!r}: no such file, and no `key = value` in TOML ({error})") from error


def _merged(tables: Iterable[dict[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for table in tables:
        merged = _overlaid(merged, table)
    return merged


def _overlaid(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        result[key] = _overlaid(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def _load(path: str, read: Read) -> dict[str, Any]:
    import tomllib

    try:
        text = read(path).decode("utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, ValueError) as error:  # ValueError: a number of more than 4,300 digits
        raise ConfigError(f"{path}: not valid TOML: {_with_place(str(error), text)}") from error
    except RecursionError:
        raise ConfigError(f"{path}: not valid TOML: nested too deeply") from None
    if os.path.basename(path) == "pyproject.toml":
        tool = table.get("tool", {})
        table = tool.get("vaultkit", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: [tool.vaultkit] must be a table")
    return table


def _with_place(problem: str, text: str) -> str:
    """The message of tomllib, which names no line when it is the last one."""
    lines = text.split("\n")
    return problem.replace("(at end of document)", f"(at line {len(lines)}, column {len(lines[-1]) + 1})")


_TOP = (
    "preset", "extend", "exclude", "extend-exclude", "index-only", "respect-gitignore", "obsidian-config",
    "obsidian-folder", "lint", "rules", "cards",
)  # fmt: skip
_LINT = ("select", "extend-select", "ignore", "per-file-ignores", "severity")


def parse_config(table: Mapping[str, Any], source: str = "") -> Config:
    """A `Config` of a TOML table; ``source`` names it in messages.

    Raises:
        ConfigError: a value has the wrong type.
    """
    notices: list[str] = []
    where = source or "configuration"
    lint = _table(table, "lint", where)
    cards = _table(table, "cards", where)
    _note_unknown(table, _TOP, where, "", notices)
    _note_unknown(lint, _LINT, where, "lint.", notices)
    _note_unknown(cards, CARD_KEYS, where, "cards.", notices)
    preset = table.get("preset", "default")
    if preset not in PRESETS:
        raise ConfigError(f"{where}: preset {preset!r} is not one of {', '.join(PRESETS)}{_near(preset, PRESETS)}")
    per_file = tuple(
        (pattern, _texts(rules, where, f'lint.per-file-ignores."{pattern}"'))
        for pattern, rules in _table(lint, "per-file-ignores", where).items()
    )
    severity = []
    for rule, level in _table(lint, "severity", where).items():
        if level not in SEVERITIES:
            raise ConfigError(f"{where}: lint.severity.{rule} must be one of {', '.join(SEVERITIES)}, not {level!r}")
        severity.append((rule, level))
    options = []
    for rule, values in _table(table, "rules", where).items():
        if not isinstance(values, dict):
            raise ConfigError(f"{where}: rules.{rule} must be a table of options")
        options.append(
            (rule, tuple((name, _value(value, where, f"rules.{rule}.{name}")) for name, value in values.items()))
        )
    return Config(
        source=source,
        preset=preset,
        exclude=_list(table, "exclude", where) + _list(table, "extend-exclude", where),
        index_only=_list(table, "index-only", where),
        respect_gitignore=_switch(table, "respect-gitignore", where),
        obsidian_config=_switch(table, "obsidian-config", where),
        obsidian_folder=_folder(table, "obsidian-folder", where),
        select=_list(lint, "select", where, "lint."),
        extend_select=_list(lint, "extend-select", where, "lint."),
        ignore=_list(lint, "ignore", where, "lint."),
        per_file_ignores=per_file,
        severity=tuple(severity),
        rule_options=tuple(options),
        cards=tuple((key, _card_value(cards, key, where)) for key in CARD_KEYS if key in cards),
        notices=tuple(notices),
    )


def _card_value(table: Mapping[str, Any], key: str, where: str) -> Value:
    value, kind = table[key], CARD_KEYS[key]
    if isinstance(kind, tuple):
        texts = _texts(value, where, f"cards.{key}")
        for text in texts if key == "formats" else ():
            if text not in CARD_FORMATS:
                raise ConfigError(
                    f"{where}: cards.formats: {text!r} is not one of {', '.join(CARD_FORMATS)}{_near(text, CARD_FORMATS)}"
                )
        return texts
    if type(value) is not type(kind):
        raise ConfigError(f"{where}: `cards.{key}` must be {'a text' if kind == '' else 'true or false'}")
    answer: Value = value
    return answer


def _note_unknown(table: Mapping[str, Any], known: Iterable[str], where: str, prefix: str, notices: list[str]) -> None:
    for key in table:
        if key not in known:
            notices.append(f"{where}: unknown key `{prefix}{key}`{_near(key, known)}")


def _near(word: object, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(str(word), list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _table(table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise ConfigError(f"{where}: `{key}` must be a table")
    return value


def _switch(table: Mapping[str, Any], key: str, where: str) -> bool:
    value = table.get(key, True)
    if not isinstance(value, bool):
        raise ConfigError(f"{where}: `{key}` must be true or false")
    return value


def _folder(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key, OBSIDIAN_FOLDER)
    if not isinstance(value, str) or not value or "/" in value or value in (".", ".."):
        raise ConfigError(f"{where}: `{key}` must be the name of a folder in the vault, such as .obsidian-mobile")
    return value


def _list(table: Mapping[str, Any], key: str, where: str, prefix: str = "") -> tuple[str, ...]:
    return _texts(table.get(key, []), where, prefix + key)


def _texts(value: Any, where: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(member, str) for member in value):
        raise ConfigError(f"{where}: `{key}` must be a list of texts")
    return tuple(value)


def _value(value: Any, where: str, key: str) -> Value:
    if isinstance(value, list):
        return _texts(value, where, key)
    if isinstance(value, get_args(Value)[:4]):
        answer: Value = value
        return answer
    raise ConfigError(f"{where}: `{key}` must be a text, a number, true, false or a list of texts")
