"""Makes a person, or says what is wrong."""


class NameError_(ValueError):
    """The name will not do."""


class AgeError(ValueError):
    """The age will not do."""


def check_name(name):
    if not name:
        raise NameError_("a name is needed")
    return name


def check_age(age):
    if age < 0:
        raise AgeError("an age is not negative")
    return age


def make(name, age):
    """A person as a dictionary; the name is checked first."""
    name = check_name(name)
    age = check_age(age)
    return {"age": age, "name": name}
