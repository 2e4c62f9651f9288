def test_properties_and_message_are_escaped(render, view):
    lines = render("azure", view).split("\n")
    assert (
        "##vso[task.logissue type=warning;sourcepath=Deck: 100%AZP25 a, b%0A<c>&\\x01.md;linenumber=3;columnnumber=3;"
        "code=EM003;]doubled-size: two sizes in the embed `plot.png`: Obsidian uses `300`"
    ) in lines
    assert [line.split(";")[0].rpartition("=")[2] for line in lines] == ["warning", "warning", "warning", "error"]
