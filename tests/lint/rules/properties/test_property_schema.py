"""PR009: properties that a folder asks for."""

from __future__ import annotations

import pytest

from vaultkit.base.errors import ConfigError


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "vaultkit.toml": '[rules.PR009]\nschema = ["Books/**: author, status = read|unread, isbn ~ [0-9]{13}"]\n',
                "Books/a.md": "---\nauthor: x\nstatus: read\nisbn: 9780547773742\n---\n",
            },
            id="all there",
        ),
        pytest.param(
            {
                "vaultkit.toml": '[rules.PR009]\nschema = ["Books/**: author, status = read|unread, isbn ~ [0-9]{13}"]\n',
                "a.md": "",
            },
            id="another folder",
        ),
        pytest.param({"Books/a.md": ""}, id="no schema"),
        pytest.param(
            {
                "vaultkit.toml": '[rules.PR009]\nschema = ["Books/**: author, status = read|unread, isbn ~ [0-9]{13}"]\n',
                "Books/a.md": '---\nAuthor: x\nstatus: [read, unread]\nisbn: "9780547773742"\n---\n',
            },
            id="a list of allowed values",
        ),
        pytest.param(
            {
                "vaultkit.toml": '[rules.PR009]\nschema = ["Books/**: author"]\n',
                "Books/a.md": "---\nauthor: [\n---\n",
            },
            id="properties that cannot be read",
        ),
    ],
)
def test_property_schema_is_silent(lint, files):
    assert lint(files, "PR009") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                "vaultkit.toml": '[rules.PR009]\nschema = ["Books/**: author, status = read|unread, isbn ~ [0-9]{13}"]\n',
                "Books/a.md": "---\nstatus: read\nisbn: 9780547773742\n---\n",
            },
            ["Books/a.md:1:1: PR009 property-schema: missing property `author`: the schema requires it in this folder"],
            id="missing",
        ),
        pytest.param(
            {
                "vaultkit.toml": '[rules.PR009]\nschema = ["Books/**: author, status = read|unread, isbn ~ [0-9]{13}"]\n',
                "Books/a.md": "---\nauthor: x\nstatus: halfway\nisbn: 9780547773742\n---\n",
            },
            [
                "Books/a.md:3:9: PR009 property-schema: invalid property value `status: halfway`: allowed are `read`, `unread`"
            ],
            id="not allowed",
        ),
        pytest.param(
            {
                "vaultkit.toml": '[rules.PR009]\nschema = ["Books/**: author, status = read|unread, isbn ~ [0-9]{13}"]\n',
                "Books/a.md": "---\nauthor: x\nstatus: read\nisbn: 12\n---\n",
            },
            ["Books/a.md:4:7: PR009 property-schema: invalid property value `isbn: 12`: does not match `[0-9]{13}`"],
            id="another form",
        ),
        pytest.param(
            {
                "vaultkit.toml": '[rules.PR009]\nschema = ["Books/**: author, status = read|unread, isbn ~ [0-9]{13}"]\n',
                "Books/a.md": "text",
            },
            [
                "Books/a.md:1:1: PR009 property-schema: missing property `author`: the schema requires it in this folder",
                "Books/a.md:1:1: PR009 property-schema: missing property `status`: the schema requires it in this folder",
                "Books/a.md:1:1: PR009 property-schema: missing property `isbn`: the schema requires it in this folder",
            ],
            id="no properties",
        ),
        pytest.param(
            {
                "vaultkit.toml": '[rules.PR009]\nschema = ["Books/**: author, status = read|unread, isbn ~ [0-9]{13}"]\n',
                "Books/a.md": "---\nauthor:\nstatus: read\nisbn: 9780547773742\n---\n",
            },
            ["Books/a.md:1:1: PR009 property-schema: missing property `author`: the schema requires it in this folder"],
            id="empty",
        ),
    ],
)
def test_property_schema_is_found(lint, files, expected):
    assert lint(files, "PR009") == expected


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Books", "invalid line"),
        ("Books/**: author,", "invalid line"),
        ("Books/**: isbn ~ [0-9", "invalid regular expression"),
    ],
)
def test_a_schema_that_cannot_be_read_is_told(lint, line, fault):
    with pytest.raises(ConfigError, match=fault):
        lint({"vaultkit.toml": f"[rules.PR009]\nschema = ['{line}']\n", "a.md": ""}, "PR009")
