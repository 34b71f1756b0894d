import subject


def test_a_user_signs_in():
    def work():
        subject.sign_in("ada")
        return subject.user()

    assert subject.in_thread(work) == "ada"


def test_other_threads_have_their_own_user():
    subject.sign_in("bob")
    assert subject.in_thread(subject.user) == "guest"
    assert subject.user() == "bob"
