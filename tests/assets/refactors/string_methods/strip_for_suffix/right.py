"""Names of modules from names of files."""

SUFFIX = ".py"


def module_name(filename):
    """The file's name without its suffix; other names stay as they are."""
    return filename.removesuffix(SUFFIX)


def module_names(filenames):
    return sorted({module_name(filename) for filename in filenames})
