"""Which files are other people's, kept in a repository: told by the names of folders and of well-known files. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDERS = frozenset(
    {"vendor", "vendored", "_vendor", "_vendored", "vendored_libs", "third_party", "third-party", "thirdparty",
     "3rdparty", "extern", "externals", "node_modules", "site-packages", "bower_components", "_vendored_packages"}
)  # fmt: skip
_MARKS = (
    "apscheduler/schedulers/base.py", "babelfish/language.py", "backports/ssl_match_hostname/__init__.py",
    "bottle.py", "bs4/element.py", "certifi/core.py", "chardet/universaldetector.py", "cheroot/server.py",
    "cherrypy/_cprequest.py", "click/parser.py", "colorama/ansitowin32.py", "configobj.py", "dateutil/relativedelta.py",
    "dns/rdatatype.py", "enzyme/mkv.py", "feedparser.py", "flask/ctx.py", "gntp/notifier.py",
    "guessit/rules/__init__.py",
    "html5lib/html5parser.py", "httplib2/socks.py", "idna/idnadata.py", "itsdangerous/signer.py", "jinja2/lexer.py",
    "mako/lexer.py", "markupsafe/_native.py", "mutagen/_vorbis.py", "oauthlib/common.py", "oauth2/__init__.py",
    "paramiko/transport.py", "pkg_resources/__init__.py", "ply/yacc.py", "portend.py", "pyasn1/codec/__init__.py",
    "pycparser/c_parser.py", "pygments/lexer.py", "pyparsing.py", "pytz/tzinfo.py", "rarfile.py",
    "requests/sessions.py",
    "requests_oauthlib/oauth1_session.py", "rsa/pkcs1.py", "serial/serialutil.py", "simplejson/decoder.py", "six.py",
    "socks.py", "stevedore/extension.py", "subliminal/core.py", "tornado/ioloop.py", "tzlocal/windows_tz.py",
    "unidecode/x000.py", "urllib3/connectionpool.py", "websocket/_abnf.py", "werkzeug/local.py", "xmltodict.py",
    "yaml/scanner.py", "zope/interface/interface.py",
)  # fmt: skip
"""A file of a package that is often copied into repositories, by which the copy is known."""
_SHELVES = frozenset(
    {"lib", "libs", "lib2", "lib3", "libraries", "external", "ext", "packages", "deps", "dependencies", "bundled",
     "bundle", "libs_3rdparty"}
)  # fmt: skip
"""Names of folders that hold nothing else once they hold two such packages."""


def is_named_so(path: str) -> bool:
    """Whether a folder of the path says that what is in it is somebody else's."""
    return not FOLDERS.isdisjoint(path.split("/")[:-1])


def copies(paths: Sequence[str]) -> tuple[str, ...]:
    """What begins the paths of copied packages: folders with a slash at their end, and single modules.

    Two well-known packages side by side below the root are copies. Where they lie in a folder such as ``lib``, all of
    that folder is. One alone may be a project's own: a repository of that very package, or a stand-in for it.
    """
    text = "\n" + "\n".join(paths)
    homes: dict[str, set[str]] = {}
    for mark in _MARKS:
        if f"/{mark}" not in text:
            continue
        tail = f"/{mark}"
        for path in paths:
            if path.endswith(tail):
                homes.setdefault(path[: -len(mark)], set()).add(mark)
    found: set[str] = set()
    for home, marks in homes.items():
        if len(marks) < 2:
            continue
        if home.split("/")[-2] in _SHELVES:
            found.add(home)
        else:
            found.update(home + (mark.partition("/")[0] + "/" if "/" in mark else mark) for mark in marks)
    return tuple(sorted(found))
