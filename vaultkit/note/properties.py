"""Front matter: where the block stands and what its YAML values are.

Values follow Obsidian: YAML 1.2 core words only (dates and "yes" stay text), a repeated key,
a bare scalar or a list at the top makes the whole block unusable. The usual block, one plain
value or one plain list a line, is read here by patterns that admit only what has one meaning
(measured on 3,070 real blocks: 25 ms, where the C loader needs 174); everything else goes to
python-frontmatter's YAML handler. A test holds the two against each other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from vaultkit.base.record import record
from vaultkit.note.links import markdown_destination, wikilink_parts
from vaultkit.note.model import Frontmatter, PropertyError, PropertyLink
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
# Each link that YAML escapes hide costs a walk through the block.
MAX_HIDDEN_LINKS = 100

_OPEN = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^---[ \t]*$|^---[ \t]*(?=\r$)", re.MULTILINE)

# A plain scalar of one meaning: starts with a letter, digit or other script, holds no character
# that YAML could read as syntax.
# Characters that end a line to YAML 1.1, that YAML refuses, or that it strips: not for a fast path.
_ODD = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")
_KEY = r"(?!(?:null|Null|NULL|true|True|TRUE|false|False|FALSE)[ ]*+:)[^\W\d][\w -]*+"
_PLAIN = r"[^\s!-.:-@\[-^`{-~][^:#\r\n]*+(?:(?::(?=\S)|(?<=\S)\#)[^:#\r\n]*+)*+"
_QUOTED = r"\"[^\"\\\r\n]*+\"[ ]*+|'[^'\r\n]*+'[ ]*+"
_MEMBER = r"(?:\"[^\"\\,\[\]\r\n]*+\"|'[^',\[\]\r\n]*+'|\w[\w /.-]*+)[ ]*+"
_FLOW = rf"\[[ ]*+(?:{_MEMBER}(?:,[ ]*+{_MEMBER})*+)?+\][ ]*+"
_END = r"(?:\r?\n|\Z)"
_FOLDED = rf">-\r?\n(?:[ ][ ][^\s-](?:[^\n\r]*[^\s])?{_END})*+"
_SIMPLE = re.compile(
    rf"(?:{_KEY}:(?:[ ]++(?:(?:{_QUOTED}|{_PLAIN}|{_FLOW}){_END}|{_FOLDED})"
    rf"|[ ]*+{_END}(?:[ ]*+-(?:[ ]++(?:{_QUOTED}|{_PLAIN})|[ ]*+){_END})*+)|[ ]*+\r?\n)*+"
)
_INDENT = re.compile(r"^([ ]*)-", re.MULTILINE)
_ENTRY = re.compile(
    r"^(?P<key>[^\W\d][\w -]*+):[ ]*+(?P<value>[^\r\n]*+)"
    r"|^[ ]*+-[ ]*+(?P<item>[^\r\n]*+)|^[ ][ ](?P<folded>[^\s-][^\r\n]*+)",
    re.MULTILINE,
)
_NAMES = re.compile(r"^([^\W\d][\w -]*+):", re.MULTILINE)
_WORDS: Mapping[str, Any] = {
    **dict.fromkeys(("null", "Null", "NULL", "~"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WHOLE_WIKILINK = re.compile(r"\[\[([^\n]+)\]\]")
_WHOLE_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]*)\]\(<?([^<>\n]+?)>?\)")


def frontmatter(text: str) -> Frontmatter | None:
    """The property block at the very start of ``text``; None when there is none.

    A block that is opened and never closed is none (Source: Obsidian Help, "Properties").
    """
    opening = _OPEN.match(text)
    if opening is None:
        return None
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        return None
    start, end = opening.end(), closing.start()
    properties, error = read_properties(text[start:end])
    if error is not None:
        error = PropertyError(error.start + start, error.end + start, error.kind, error.message)
    return Frontmatter(0, closing.start() + 3, start, end, properties, error)


class SimpleProperties(Mapping[str, Any]):
    """The properties of a block of plain lines, taken apart when somebody asks for one.

    Most runs ask for few: the block was found to be sound, and that is all a linter needs of it.
    """

    __slots__ = ("_block", "_values")

    def __init__(self, block: str) -> None:
        self._block = block
        self._values: dict[str, Any] | None = None

    def _read(self) -> dict[str, Any]:
        if self._values is None:
            values: dict[str, Any] = {}
            name = ""
            for key, value, item, folded in _ENTRY.findall(self._block):
                if folded:
                    before = values[name]
                    values[name] = f"{before} {folded}" if before else folded
                elif key:
                    name = key.rstrip()
                    values[name] = "" if value == ">-" else _value(value) if value else None
                else:
                    if values[name] is None:
                        values[name] = []
                    values[name].append(_scalar(item) if item else None)
            self._values = values
        return self._values

    def __getitem__(self, name: str) -> Any:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __reduce__(self) -> tuple[type[SimpleProperties], tuple[str]]:
        return SimpleProperties, (self._block,)

    def __repr__(self) -> str:
        return repr(self._read())

    def only(self, name: str) -> Mapping[str, Any]:
        """The one property of this name (given in lower case) in any case, read without the others."""
        if self._values is not None:
            return self._values
        lowered = self._block.lower()
        at = lowered.find(name)
        while at >= 0:
            if (at == 0 or lowered[at - 1] == "\n") and lowered[at + len(name) :].lstrip(" ").startswith(":"):
                if len(lowered) != len(self._block):  # lower case may be longer: "İ"
                    return self
                following = _NAMES.search(self._block, at + len(name))
                return SimpleProperties(self._block[at : following.start() if following else len(self._block)])
            at = lowered.find(name, at + 1)
        return {}


def read_properties(block: str) -> tuple[Mapping[str, Any], PropertyError | None]:
    """The values of a property block, or no values and why; offsets count from the block's start."""
    if _ODD.search(block) is None and _SIMPLE.fullmatch(block) is not None:
        names = [name.rstrip() for name in _NAMES.findall(block)]
        indents = set(_INDENT.findall(block)) if "- " in block else ()
        if len(set(names)) == len(names) and len(indents) < 2:
            return SimpleProperties(block), None
    return _read_yaml(block)


def _value(raw: str) -> Any:
    if raw[0] == "[":
        inside = raw.rstrip(" ")[1:-1].strip(" ")
        return [_scalar(member.strip(" ")) for member in inside.split(",")] if inside else []
    return _scalar(raw)


def _scalar(raw: str) -> Any:
    raw = raw.rstrip(" ")
    if raw[0] in "\"'":
        return raw[1:-1]
    if raw in _WORDS:
        return _WORDS[raw]
    if raw[0] in "0123456789.":
        if _INTEGER.fullmatch(raw):
            return _integer(raw)
        if _FLOAT.fullmatch(raw):
            return float(raw)
        if raw[:2] in ("0x", "0o", ".i", ".n", ".I", ".N"):
            return _read_yaml(f"k: {raw}")[0].get("k", raw)
    return raw


def _integer(raw: str) -> int | float:
    """The number as JavaScript would have it: beyond all measure it is infinite."""
    if len(raw) > MAX_DIGITS:
        return -math.inf if raw[0] == "-" else math.inf
    if raw[:2] in ("0x", "0o"):
        return int(raw[2:], 16 if raw[1] == "x" else 8)
    return int(raw)


def _read_yaml(block: str) -> tuple[Mapping[str, Any], PropertyError | None]:
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

    Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
    )
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:int",
        re.compile(r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$"),
        list("-+0123456789"),
    )
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:float",
        re.compile(
            r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
            r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
        ),
        list("-+0123456789."),
    )

    def refused(problem: str, node: Any) -> Exception:
        error: Exception = yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
        return error

    def integer(loader: Any, node: Any) -> int | float:
        return _integer(loader.construct_scalar(node))

    def number(loader: Any, node: Any) -> float:
        raw = loader.construct_scalar(node).lower()
        return float(raw.replace(".inf", "inf").replace(".nan", "nan"))

    def truth(loader: Any, node: Any) -> bool:
        raw: str = loader.construct_scalar(node).lower()
        if raw not in ("true", "false"):
            raise refused(f"{raw!r} is neither true nor false", node)
        return raw == "true"

    def mapping(loader: Any, node: MappingNode) -> Any:
        if not isinstance(node, yaml.MappingNode):
            raise refused("name: value pairs are expected here", node)
        result: dict[str, Any] = {}
        yield result
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            if isinstance(key, list | dict) and _expanded(key, {}) > MAX_VALUES_IN_KEY:
                raise refused(f"a key of more than {MAX_VALUES_IN_KEY} values", key_node)
            name = key if isinstance(key, str) else _key_text(key)
            if name in result:
                raise refused(f'the key "{name}" stands twice', key_node)
            result[name] = loader.construct_object(value_node, deep=True)

    def text(loader: Any, node: Any) -> Any:
        return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None

    Loader.add_constructor("tag:yaml.org,2002:int", integer)
    Loader.add_constructor("tag:yaml.org,2002:float", number)
    Loader.add_constructor("tag:yaml.org,2002:map", mapping)
    for kind in ("timestamp", "binary"):
        Loader.add_constructor(f"tag:yaml.org,2002:{kind}", text)
    Loader.add_constructor("tag:yaml.org,2002:bool", truth)
    Loader.add_constructor("tag:yaml.org,2002:set", mapping)
    for kind in ("omap", "pairs"):
        Loader.add_constructor(f"tag:yaml.org,2002:{kind}", yaml.SafeLoader.construct_yaml_seq)
    Loader.add_constructor(None, text)
    return Loader


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


def property_links(properties: Mapping[str, Any], text: str, start: int, end: int) -> tuple[PropertyLink, ...]:
    """The values, and members of lists, that are one whole link.

    ``text[start:end]`` is the block they were read from.
    Source: Obsidian's metadata cache (``frontmatterLinks``); release notes 1.4 and 1.11.
    """
    found: list[PropertyLink] = []
    position = start
    hidden = 0
    for key, value in _texts_within("", properties, MAX_NESTING):
        if value[:1] != "[":
            continue
        written = text.find(value, position, end) if hidden < MAX_HIDDEN_LINKS else -1
        hidden += written < 0
        if written >= 0:
            position = written + len(value)
        at = (written, position) if written >= 0 else (start, start)
        link = _property_link(*at, key, value)
        if link is not None:
            found.append(link)
    return tuple(found)


def _texts_within(prefix: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Texts among the values, with keys such as "up" and "up.0"."""
    if depth == 0:
        return
    members = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, member in members:
        if isinstance(member, str):
            yield f"{prefix}{key}", member
        elif isinstance(member, list | dict):
            yield from _texts_within(f"{prefix}{key}.", member, depth - 1)


def _property_link(start: int, end: int, key: str, value: str) -> PropertyLink | None:
    wiki = _WHOLE_WIKILINK.fullmatch(value)
    if wiki and "[[" not in wiki[1] and "]]" not in wiki[1]:
        linkpath, subpath, display, _ = wikilink_parts(wiki[1])
        return PropertyLink(start, end, key, linkpath, subpath, display, value, "wiki")
    markdown = _WHOLE_MARKDOWN_LINK.fullmatch(value)
    target = markdown_destination(markdown[2]) if markdown else None
    if markdown is None or target is None:
        return None
    return PropertyLink(start, end, key, *target, markdown[1], value, "markdown")


def text_list(properties: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The texts of a property that is one text or a list of texts; its name in any case.

    A single ``tags`` text with a comma counts for nothing since Obsidian 1.9 (see `property_tags`).
    """
    if isinstance(properties, SimpleProperties):
        properties = properties.only(name)
    for key, value in properties.items():
        if key.lower() == name:
            if isinstance(value, str):
                return (value,) if value.strip() else ()
            if isinstance(value, list):
                return tuple(str(member) for member in value if isinstance(member, str | int | float) and str(member))
    return ()


def aliases(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """The other names a note gives itself; no link target in Obsidian."""
    return text_list(properties, "aliases")


def property_tags(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags of the ``tags`` property, without ``#``. Source: Obsidian 1.9 release notes and cache."""
    found = []
    for raw in text_list(properties, "tags"):
        tag = raw.strip().removeprefix("#")
        if "," not in tag and tag.split() == [tag]:
            found.append(tag)
    return tuple(found)
