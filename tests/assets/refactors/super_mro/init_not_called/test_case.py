import subject


def test_an_employee_joins():
    ada = subject.Employee("Ada", "Ltd")
    assert (ada.name, ada.company, ada.events) == ("Ada", "Ltd", ["Ada joined Ltd"])


def test_whoever_is_named_and_logged_has_a_log():
    class Ship(subject.Named, subject.Logged):
        pass

    ship = Ship("Argo")
    ship.log("sails")
    assert ship.events == ["sails"]
