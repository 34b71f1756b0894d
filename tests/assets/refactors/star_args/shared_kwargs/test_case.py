import subject


def test_a_shape():
    assert subject.draw("box") == "black box"
    assert subject.draw("box", width=2, color="red", at=1) == "red box at=1 width=2"


def test_all_shapes_have_the_options():
    options = {"color": "blue"}
    assert subject.draw_all(["box", "dot"], options) == ["blue box", "blue dot"]
    assert options == {"color": "blue"}
