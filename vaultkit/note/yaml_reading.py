"""YAML as Obsidian reads it in properties: YAML 1.2 core words, no repeated key, limits on size and nesting."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from vaultkit.base.record import record
from vaultkit.note.model import PropertyError
from vaultkit.note.yaml_text import Hidden, may_have_unindented, unindented_line

if TYPE_CHECKING:
    from yaml.nodes import MappingNode

# A real block has tens of lines; these stop input that was made to be slow.
MAX_FRONTMATTER_CHARS = 1_000_000
MAX_NESTING = 100
MAX_EXPANDED_VALUES = 100_000
MAX_VALUES_IN_KEY = 100
# Python refuses to read longer whole numbers (the time grows with the square), JavaScript has none so long.
MAX_DIGITS = 300

# Tag of YAML -> (what a plain scalar of it looks like, its first characters).
_RESOLVERS = {
    "null": (r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    "bool": (r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    "int": (r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    "float": (
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        list("-+0123456789."),
    ),
}


def integer(raw: str) -> int | float:
    """The number as JavaScript would have it: beyond all measure it is infinite."""
    if len(raw) > MAX_DIGITS:
        return -math.inf if raw[0] == "-" else math.inf
    if raw[:2] in ("0x", "0o"):
        return int(raw[2:], 16 if raw[1] == "x" else 8)
    return int(raw)


def read_yaml(block: str) -> tuple[Mapping[str, Any], PropertyError | None]:
    """Return the values of a block, or no values and why; offsets count from the start of the block."""
    if len(block) > MAX_FRONTMATTER_CHARS:
        return {}, PropertyError(0, 0, "yaml", "the property block is longer than 1,000,000 characters")
    if _nesting(block) > MAX_NESTING:
        return {}, PropertyError(0, 0, "yaml", f"values are nested more than {MAX_NESTING} deep")
    from yaml import MarkedYAMLError, YAMLError

    try:
        hidden, values = _loaded(block)
        line = unindented_line(_composed(hidden.text), block) if may_have_unindented(block) else None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        offset = min(_offset(block, mark.line, mark.column), len(block)) if mark else 0
        problem = (error.problem or "not valid YAML").replace("\n", " ")
        kind = "duplicate-key" if problem.startswith("the key ") else "yaml"
        return {}, PropertyError(offset, offset, kind, problem)
    except (YAMLError, ValueError, RecursionError, OverflowError) as error:
        return {}, PropertyError(0, 0, "yaml", str(error).split("\n")[0] or "not valid YAML")
    if line is not None:
        offset = _offset(block, line, 0)
        return {}, PropertyError(
            offset, offset, "yaml", "a line of a quoted text or of a list in brackets is not indented"
        )
    if values is None:
        return {}, None
    if not isinstance(values, dict):
        shape = "a list" if isinstance(values, list) else "a single value"
        return {}, PropertyError(0, 0, "not-a-mapping", f"the block is {shape}, not name: value pairs")
    if _expanded(values, {}) > MAX_EXPANDED_VALUES:
        return {}, PropertyError(0, 0, "yaml", "aliases make the block explode")
    return {str(name): value for name, value in hidden.shown(values).items()}, None


def _loaded(block: str) -> tuple[Hidden, Any]:
    """What was read in place of the block, and the values in it."""
    from frontmatter.default_handlers import YAMLHandler
    from yaml import MarkedYAMLError

    hidden = Hidden(block)
    try:
        return hidden, YAMLHandler().load(hidden.text, Loader=_loader())
    except MarkedYAMLError as error:
        if "escape" not in (error.problem or ""):
            raise
    hidden = Hidden(block, with_escapes=True)
    return hidden, YAMLHandler().load(hidden.text, Loader=_loader())


def _composed(text: str) -> Any:
    import yaml

    return yaml.compose(text, Loader=_loader())


def _offset(block: str, line: int, column: int) -> int:
    position = 0
    for _ in range(line):
        position = block.find("\n", position) + 1
        if position == 0:
            return len(block)
    return position + column


def _nesting(block: str) -> int:
    """An upper bound of how deep values are nested: open brackets, and indents that grow."""
    depth = deepest = 0
    for character in re.findall(r"[\[\]{}]", block):
        depth += 1 if character in "[{" else -1
        deepest = max(deepest, depth)
    dashes = max((run.count("-") for run in re.findall(r"^[ ]*(?:-[ ]+)+", block, re.MULTILINE)), default=0)
    indents = {len(run) for run in re.findall(r"^[ ]+", block, re.MULTILINE)}
    return max(deepest, dashes, len(indents))


def _expanded(value: Any, sizes: dict[int, int]) -> int:
    """Number of values after all aliases are written out; a value met again costs no walk."""
    if not isinstance(value, list | dict):
        return 1
    known = sizes.get(id(value))
    if known is None:
        sizes[id(value)] = MAX_EXPANDED_VALUES + 1  # a value that holds itself never ends
        members = value.values() if isinstance(value, dict) else value
        known = sizes[id(value)] = 1 + sum(_expanded(member, sizes) for member in members)
    return known


@cache
def _loader() -> Any:
    """A safe loader with YAML 1.2 core words that refuses repeated keys; built on libyaml where it is."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    for kind, (looks, first) in _RESOLVERS.items():
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(looks), first)
    constructors = {
        "int": _construct_integer,
        "float": _construct_float,
        "map": _construct_mapping,
        "timestamp": _construct_text,
        "binary": _construct_text,
        "bool": _construct_bool,
        "set": _construct_mapping,
        "omap": yaml.SafeLoader.construct_yaml_seq,
        "pairs": yaml.SafeLoader.construct_yaml_seq,
    }
    for kind, constructor in constructors.items():
        Loader.add_constructor(f"tag:yaml.org,2002:{kind}", constructor)
    Loader.add_constructor(None, _construct_text)
    return Loader


def _refused(problem: str, node: Any) -> Exception:
    from yaml.constructor import ConstructorError

    return ConstructorError(None, None, problem, node.start_mark)


def _construct_integer(loader: Any, node: Any) -> int | float:
    return integer(loader.construct_scalar(node))


def _construct_float(loader: Any, node: Any) -> float:
    raw = loader.construct_scalar(node).lower()
    return float(raw.replace(".inf", "inf").replace(".nan", "nan"))


def _construct_bool(loader: Any, node: Any) -> bool:
    raw: str = loader.construct_scalar(node).lower()
    if raw not in ("true", "false"):
        raise _refused(f"{raw!r} is neither true nor false", node)
    return raw == "true"


def _construct_mapping(loader: Any, node: MappingNode) -> Any:
    from yaml.nodes import MappingNode

    if not isinstance(node, MappingNode):
        raise _refused("name: value pairs are expected here", node)
    result: dict[str, Any] = {}
    yield result
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, list | dict) and _expanded(key, {}) > MAX_VALUES_IN_KEY:
            raise _refused(f"a key of more than {MAX_VALUES_IN_KEY} values", key_node)
        name = key if isinstance(key, str) else _key_text(key)
        if name in result:
            raise _refused(f'the key "{name}" stands twice', key_node)
        result[name] = loader.construct_object(value_node, deep=True)


def _construct_text(loader: Any, node: Any) -> Any:
    from yaml.nodes import ScalarNode

    return loader.construct_scalar(node) if isinstance(node, ScalarNode) else None


def _key_text(key: Any) -> str:
    """The text that Obsidian has for a key that is none: a template's ``{{ b }}`` is a key ``{ b }`` without a value."""
    if key is None:
        return "null"
    if isinstance(key, bool):
        return "true" if key else "false"
    if isinstance(key, dict):
        pairs = [name if value is None else f"{name}: {_key_text(value)}" for name, value in key.items()]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    if isinstance(key, list):
        return f"[ {', '.join(map(_key_text, key))} ]" if key else "[]"
    return str(key)


@record
class TextPlace:
    """A text among the values, as YAML has it. start, end: in the block, quotes and anchor included.

    style: ``"``, ``'``, ``|``, ``>`` or "" for none.
    """

    value: str
    start: int
    end: int
    style: str


def text_places(block: str) -> Iterator[TextPlace]:
    """Where the texts among the values of a property block are written; nothing when the block is no YAML.

    A text that an alias repeats is written once. Reading values (`read_properties`) needs no places and is much
    cheaper; this is for who rewrites one.
    """
    import yaml

    composed = yaml_tree(block)
    if composed is None:
        return
    hidden, root = composed
    seen: set[int] = set()
    pending = [root]
    while pending:
        node = pending.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield TextPlace(hidden.shown(node.value), node.start_mark.index, node.end_mark.index, node.style or "")
        elif isinstance(node, yaml.MappingNode):
            pending += [value for _, value in reversed(node.value)]
        else:
            pending += reversed(node.value)


def yaml_tree(block: str) -> tuple[Hidden, Any] | None:
    """What was read in place of a property block, and its tree of YAML nodes; None when it is no YAML."""
    import yaml

    if len(block) > MAX_FRONTMATTER_CHARS or _nesting(block) > MAX_NESTING:
        return None
    try:
        hidden, _ = _loaded(block)
        return hidden, _composed(hidden.text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
