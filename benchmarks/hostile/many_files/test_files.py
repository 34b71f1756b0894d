import shutil

from places import HERE, attempt, places


def test_thousands_of_files_are_open():
    places()
    attempt("many files")
    folder = HERE / "nova-hostile-files"
    folder.mkdir()
    kept = []
    try:
        for number in range(20_000):
            kept.append((folder / str(number)).open("w"))
    finally:
        opened = len(kept)
        for file in kept:
            file.close()
        shutil.rmtree(folder, ignore_errors=True)
    assert opened == 20_000
