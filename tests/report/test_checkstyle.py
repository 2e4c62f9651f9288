def test_valid(render, require_xsd, view, clean):
    document = require_xsd("checkstyle.xsd", render("checkstyle", view))
    assert [file.get("name") for file in document] == ["Deck: 100% a, b\n<c>&\ufffd.md", "a.md"]
    error = document[0][0]
    assert dict(error.attrib) == {
        "line": "3",
        "column": "3",
        "severity": "warning",
        "message": "two sizes in the embed `plot.png`: Obsidian uses `300`",
        "source": "vaultkit.EM003.doubled-size",
    }
    assert len(require_xsd("checkstyle.xsd", render("checkstyle", clean))) == 0
