import subject


def test_a_plain_query():
    assert str(subject.Query("t")) == "select * from t"


def test_a_chain():
    query = subject.Query("t").where("a = 1").where("b = 2").limit(0)
    assert str(query) == "select * from t where a = 1 and b = 2 limit 0"
