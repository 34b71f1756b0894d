"""Formats that register their readers."""


class Format:
    readers: dict = {}

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls.readers = {}

    @classmethod
    def reader(cls, name):
        def register(function):
            cls.readers[name] = function
            return function

        return register

    @classmethod
    def read(cls, name, text):
        return cls.readers[name](text)


class Json(Format):
    pass


class Xml(Format):
    pass
