import subject


def test_literals():
    renderer = subject.Renderer()
    assert renderer.literal("it's") == '"it\'s"'
    assert renderer.literal("</script>") == '"<\\/script>"'
    assert renderer.literal(42) == "42"
    assert renderer.literal(2.5) == "2.5"
    assert renderer.literal(True) == "true"
    assert renderer.literal(False) == "false"
    assert renderer.literal(None) == "null"
    assert renderer.calls == 7


def test_the_same_again():
    renderer = subject.Renderer()
    assert [renderer.literal(value) for value in ("a", 42, True, "a", 42, True)] == ['"a"', "42", "true"] * 2


def test_assignments():
    script = subject.Renderer().assignments({"user": "Ann", "age": 42, "admin": False})
    assert script == 'let user = "Ann";\nlet age = 42;\nlet admin = false;\n'
    assert subject.Renderer().assignments({}) == ""
