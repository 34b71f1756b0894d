import subject


def test_a_receipt_has_the_next_number():
    receipt = subject.Receipt(subject.Counter(7))
    assert receipt.render(["tea", 3]) == "#7: tea; 3"
    assert receipt.render([]) == "#8: "


def test_a_callable_line_is_asked_for_its_text():
    receipt = subject.Receipt(subject.Counter())
    assert receipt.render([lambda counter: "discount", "tea"]) == "#1: discount; tea"
