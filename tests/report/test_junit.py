def test_valid_with_one_case_a_note(render, require_xsd, view):
    document = require_xsd("junit.xsd", render("junit", view))
    cases = document.findall(".//testcase")
    assert [case.get("name") for case in cases] == ["Deck: 100% a, b\n<c>&\ufffd.md", "a.md"]
    assert (document.get("tests"), document.get("failures")) == ("2", "2")
    failure = cases[1].find("failure")
    assert failure.get("type") == "LK001 LK005"
    assert failure.text.startswith("1:1 LK001 no note named `Noets`; did you mean `Notes`?\n")


def test_nothing_found_is_one_case_that_passes(render, require_xsd, clean):
    document = require_xsd("junit.xsd", render("junit", clean))
    assert [case.get("name") for case in document.findall(".//testcase")] == ["2 notes"]
    assert document.get("failures") == "0"
