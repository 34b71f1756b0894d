"""How a swallowed error is judged: which calls matter, and what is only clean-up, look-up or courtesy."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from reviewers.facts import type_of_function, walk
from reviewers.lazy import Pattern

if TYPE_CHECKING:
    from reviewers.facts import FileFacts

MATTERS = Pattern(
    r"a?save(?!d|s$|_?(?:fig|state|geometry|window|screenshot|cookie|cache|log|history))|commit$|bulk_|upsert|persist"
    r"|publish|enqueue|upload(?!ed|s$)|migrate|charge|refund|transfer|insert_(?:one|many)|record_|store_|backup"
    r"|(?:set|write)_?(?:config|settings?|database|records?|rows?|db)|write_?(?:text|bytes|json)$|writerows?$"
    r"|update_(?!ui|view|state|display|title|status|progress|idle|layout|widget|label|window|wrapper|check|info|list"
    r"|menu|button|text|colou?r|theme|presence|screen|plot|chart|style|size|position|time|count|last)"
    r"|send_?(?:e?mail|message|sms|notification|alert|report|request|order|invoice)|post$|notify(?!_?(?:all|observ|listen|watch)|.*chang)"
    r"|execute(?:_?many)?$|process(?:_|$)|deliver|submit_|synchroni[sz]e|sync_(?!state)"
    r"|(?:delete|replace)_(?:one|many)|put_(?:item|object|record)|[lr]push$|xadd$|set_?(?:permissions?|password)|merge_"
    r"|apply_async$|delay$|send_task|add_job|(?:re)?schedule_(?!once|interval|update|redraw|callback)"
    r"|restart(?!_?timer)|extractall|unpack_archive|grant|audit"
)
"""A call whose name begins so changes what others will look for: data, files, messages."""

WORKS = Pattern(
    r"process(?!or)|handle(?!_?(?:err|exc|r))|import_|sync|convert|deliver|dispatch_|submit|apply_|merge|ingest|archive"
    r"|insert_|update_|create_(?!index|table|column|dir|folder)|generate_|store|transform|build_|index_|write_|download|run_(?:job|task)"
)
"""What a loop does with one item after another: a call whose name begins so."""

MOVES = frozenset(
    {
        *("shutil.move", "shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copytree"),
        *("os.rename", "os.renames", "os.replace"),
        *("subprocess.run", "subprocess.call", "subprocess.check_call"),
        *("requests.post", "requests.put", "requests.patch", "requests.delete"),
        *("httpx.post", "httpx.put", "httpx.patch", "httpx.delete", "urllib.request.urlopen"),
    }
)
"""Calls by their full name that change a disk, another process or another machine."""

TO_OTHERS = Pattern(
    r"mail|smtp|sms|notif|alert|producer|publisher|kafka|queue_client|client$|api$|bucket|s3|db$|table$|collection$"
)
"""Who takes something for good by ``send``, ``put``, ``patch`` and ``insert``, and is no mere socket, queue or list."""

TO_ROWS = Pattern(r"cur|conn|con$|c$|db|database|session|engine|sql|transaction|tx$")
"""Whose ``execute`` and ``commit`` are about a database, even where it is called a connection."""

TO_EYES = Pattern(r"(?:^|_)(?:im|img|image|pic|picture|pixmap|photo|frame|plt|plot|fig|figure|chart|qr)$")
"""A picture: what its ``save`` leaves can mostly be made again."""

TO_CHATS = Pattern(r"bot|client|app|self|cond|condition")
"""Who sends messages to people that may have left, or shows them on a screen."""

CHANGES = Pattern(r"\s*(?:insert|update|delete|replace|merge|upsert)\b", re.IGNORECASE)
"""How a statement of SQL begins that changes rows."""

MAKES_TABLE = Pattern(r"\s*create\s+(?:table|index)\b", re.IGNORECASE)
"""How a statement of SQL begins that sets up a database."""

COURTESY = Pattern(
    r"(?:re|io)?nice|p?kill(?:all)?|taskkill|ch(?:mod|own)|notify-send|xdg-open|open|explorer|say|clear|cls|stty|tput|reset"
    r"|which|where|xset|attrib|start|osascript|[ap]f?a?play"
)
"""Commands that are nice to have."""

ABOUT_FILES = Pattern(
    r"(?:^|_)(?:save|write|dump|store|export|persist|keep|record|register|update|append|move|copy|rename|back_?up"
    r"|download|upload|install|migrate|organi[sz]e|publish|import)"
)
"""What a function is called whose point is a file, where it ends with one."""

MAKES = Pattern(r"(?:^|_)(?:create|process|add|convert|generate|build|sync|put|post|set|make|render)")
"""What a function is called whose point may be a file, where that is called like what the function makes."""

LOADS = frozenset({"import_module", "__import__", "CDLL", "WinDLL", "LoadLibrary", "find_library", "require_version"})
"""Calls that load what may not be there."""

SHOWS = Pattern(
    r"log|std(?:in|out|err|scr)|screen|window|widget|canvas|term|queue|console|buffer|cache|memo|tmp|temp|telemetry"
    r"|analytics|metric|stats|progress|callback|sock|ws$|transport|peer|conn$|user|member|author|ctx|context"
    r"|interaction|channel|chat|event|message$|plyer|tray|toast|desktop"
)
"""Where a name that holds one of these takes the message, a failure is about showing it, or the other side has left."""

NICE_TO_HAVE = Pattern(
    r"(?<![a-z])(?:prefetch\w*|preload\w*|warm_?up|throttl\w+|cooldowns?|debounce|rate_?limit\w*|art|artworks?|fan_?art"
    r"|logos?|(?:fav)?icons?|avatars?|posters?|banners?|backdrops?|covers?|previews?|thumb\w*|screenshots?|splash"
    r"|wallpapers?|themes?|images?|pictures?|tooltips?|badges?|heartbeats?|keepalive|telemetry|analytics|metrics?|usage"
    r"|stat|stats|statistics|last_?(?:seen|check|checked|run|used|access|active|update)|time_?stamps?|stamp|marker"
    r"|sentinel|cookies?|versions?|info|skip\w*|presence|typing|hints?|suggestions?|changelog|readme|motd|geometry|legacy|deprecated|dev_null"
    r"|proc|sys_class|sys_bus|sys_devices)(?![a-z])"
)
"""Pictures, time stamps, figures for the curious: what is missed by nobody, or is soon made again."""

KEPT_FOR_SPEED = Pattern(
    r"cache|history|recent|debug|thumb|telemetry|(?<![a-z])(?:pid|lock|log|tmp|temp)(?![a-z])|(?:pid|lock|log)_?(?:file|path|dir)",
    re.IGNORECASE,
)
"""What is written only to be quicker, or to be read by a person in trouble."""

BEST_EFFORT = Pattern(
    r"^(?:filter|format|emit|excepthook)$|^(?:is|has|can|check|supports|test|verify|validate|detect|probe|get|find"
    r"|select|query|fetch|open|browse|launch|read|load|list|show|render|display|print|search|lookup|resolve)(?:_|$)"
    r"|(?:^|_)(?:try|maybe|safe|safely|quiet|quietly|silent|silently|effort|ignore|ignoring|clean|cleanup|cleaner|close"
    r"|closed|shutdown|stop|teardown|dispose|kill|terminate|disconnect|destroy|del|exit|aexit|quit|purge|abort|cancel"
    r"|rollback|undo|revert|restore|reset|recover|finali[sz]e|errors?|exceptions?|fail|failed|failure|crash|log|logging"
    r"|logger|metrics?|telemetry|analytics|usage|stats|suppress\w*|optional\w*|caches?|cached|caching|notices?|history"
    r"|recent|pid|pidfile|lock|temp|tmp|debug|debugger|trace|thumbs?|thumbnails?|progress|callback|ping|heartbeat"
    r"|keepalive|probe|detect|discover|discovery|guess|warm|warmup|prefetch|preload|demo|benchmark|nice|renice"
    r"|shell|repl|gui|tui|ui|widget|window|dialog|plot|fuzz|scan|scanner|sniff|throttle|cooldown|skip|skipped|artwork|logo|icon|icons"
    r"|avatar|poster|banner|cover|preview|screenshot|splash|theme|revoke|unload|logout|uninstall|unregister"
    r"|unsubscribe|prune|expire|poll|watchdog|presence|typing|hint|badge|legacy)(?:_|$)"
)
"""A function, class or file whose name says that a failure inside it is nobody's concern."""

ASIDE = frozenset(
    {
        *("scripts", "script", "demo", "demos", "playground", "notebooks", "experiments"),
        *("vendor", "vendored", "_vendor", "third_party", "thirdparty", "extern", "node_modules"),
        *("analytics", "telemetry", "metrics", "debug", "debugging", "caching", "cache"),
    }
)
"""Folders of one-off scripts, of code that is mended elsewhere, and of what must never get in the way."""

SAYS_WHY = Pattern(
    r"ignor|effort|swallow|suppress|silent|skip|gracefully|optional|never (?:raise|fail|mind)|(?:doesn|don).t (?:matter|care)"
    r"|(?:may|might|can|could|will|sometimes|not) (?:fail|raise|break|crash|be)|harmless|just in case|if possible|whatever",
    re.IGNORECASE,
)
"""Where a docstring says so, failing is part of the plan."""

MENTIONS = Pattern(
    rf"{SAYS_WHY.pattern}|errors?\b|exceptions?\b|fail|not (?:every|all)|noqa|nosec|pylint|sure\b|catch", re.IGNORECASE
)
"""Where a comment near the block mentions these, somebody has thought about it."""


TEXTS = frozenset({"write_text", "writetext", "write_bytes", "writebytes", "write_json", "writejson"})
"""What writes a whole file at once."""

SHORT, LONG = 2, 200
"""Words up to the one and texts from the other length on tell nothing about a file."""


def is_lasting(call: ast.Call, facts: FileFacts) -> bool:
    """Whether a call, by its name, leaves something behind, and not just on a terminal or in a log."""
    name, said = name_of(call).lower().strip("_"), _owner(call).lower()
    full = facts.resolve(call.func) or ""
    if name in {"commit", "execute", "executemany", "execute_many"}:
        is_about_rows = TO_ROWS.search(said) and not _is_for_speed(call) and not _makes_tables(call, facts)
        return bool(is_about_rows) and not _only_asks(call, facts)
    if SHOWS.search(said) or _is_for_speed(call) or _is_nice_to_have(call) or _is_done_before(call):
        return False
    if full in MOVES:
        return _is_sent(call, full) if not full.startswith(("shutil.", "os.")) else _is_about_files(call, [call], facts)
    if name in {"write", "writelines", "dump"}:
        return _goes_to_file(call, name, facts)
    if name in {"send", "put", "insert", "patch"}:
        return bool(TO_OTHERS.search(said))
    if (name == "save" and TO_EYES.search(said)) or (name in {"notify", "send_message"} and TO_CHATS.fullmatch(said)):
        return False
    if name_of(call) == "Process":
        return False
    return bool(MATTERS.match(name)) and (name not in TEXTS or _is_about_files(call, [call], facts))


def is_work(call: ast.Call, items: frozenset[str]) -> bool:
    """Whether a call does the work of a loop on the item in hand."""
    if not WORKS.match(name_of(call).strip("_")) or SHOWS.search(_owner(call).lower()):
        return False
    if _is_nice_to_have(call) or _is_done_before(call):
        return False
    return any(isinstance(below, ast.Name) and below.id in items for below in walk(call))


def is_courtesy(block: ast.Try, facts: FileFacts) -> bool:
    """Whether a block stands where a failure is nobody's concern: a handler, a ``finally``, a ``close``, a cache."""
    *folders, file = facts.path.split("/")
    if not ASIDE.isdisjoint(folders) or BEST_EFFORT.search(_words(file.removesuffix(".py"))):
        return True
    below: ast.AST = block
    for above in facts.ancestors(block):
        if isinstance(above, ast.ExceptHandler) or (isinstance(above, ast.Try) and below in above.finalbody):
            return True
        if isinstance(above, (*type_of_function, ast.ClassDef)) and BEST_EFFORT.search(_words(above.name)):
            return True
        below = above
    return False


def name_of(call: ast.Call) -> str:
    """The last name of what is called."""
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _words(name: str) -> str:
    """A name in snake case, whatever case it is written in."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).strip("_").lower()


def _owner(call: ast.Call) -> str:
    """The last name before the one that is called."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(owner, ast.Call):
        return name_of(owner)
    return owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""


def _is_for_speed(node: ast.AST) -> bool:
    """Whether a name or a text in it tells of a cache, a log or the like."""
    for below in walk(node):
        if isinstance(below, (ast.Name, ast.Attribute)):
            said = below.id if isinstance(below, ast.Name) else below.attr
        elif isinstance(below, ast.Constant) and isinstance(below.value, str):
            said = below.value
        else:
            continue
        if KEPT_FOR_SPEED.search(said):
            return True
    return False


def _is_nice_to_have(call: ast.Call) -> bool:
    """Whether what is called, or what it is given by name, is something nobody would miss."""
    given = [each for each in call.args if not isinstance(each, (ast.Dict, ast.List, ast.Set, ast.Tuple))]
    return any(NICE_TO_HAVE.search(_said(part)) for part in (call.func, *given))


def _is_done_before(call: ast.Call) -> bool:
    """Whether rows that are there already may fail, or only a request is made up that is sent elsewhere."""
    is_unordered = any(
        k.arg == "ordered" and isinstance(k.value, ast.Constant) and not k.value.value for k in call.keywords
    )
    return is_unordered or (name_of(call).startswith("set_") and _owner(call).lower() in {"request", "req"})


def _said(node: ast.AST) -> str:
    """The names and the short texts in a node, in snake case."""
    said = []
    for below in walk(node):
        if isinstance(below, (ast.Name, ast.Attribute)):
            said.append(below.id if isinstance(below, ast.Name) else below.attr)
        elif isinstance(below, ast.Constant) and isinstance(below.value, str) and len(below.value) < LONG:
            said.append(re.sub(r"\W+", "_", below.value))
    return " ".join(_words(each) for each in said)


def _is_sent(call: ast.Call, full: str) -> bool:
    """Whether a command must succeed, and whether a request carries something."""
    if full.startswith("subprocess."):
        if COURTESY.fullmatch(_command(call)):
            return False
        return full.endswith("check_call") or any(k.arg == "check" and _is_true(k.value) for k in call.keywords)
    if full.endswith("urlopen"):
        first = call.args[0] if call.args else None
        is_request = isinstance(first, (ast.Name, ast.Call)) and "req" in _said(first)
        return is_request or len(call.args) > 1 or any(k.arg == "data" for k in call.keywords)
    return True


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _is_about_files(node: ast.AST, parts: list[ast.expr], facts: FileFacts) -> bool:
    """Whether a file is what the function is there for: it ends with it, or the file is called like the function."""
    function = facts.function(node)
    if not isinstance(function, type_of_function):
        return False
    name = _words(function.name)
    is_named = any(len(word) > SHORT and word.rstrip("s") in _said(p) for word in name.split("_")[1:] for p in parts)
    if ABOUT_FILES.search(name):
        return is_named or _ends_with(function, node, facts)
    return is_named and bool(MAKES.search(name))


def _ends_with(function: ast.FunctionDef | ast.AsyncFunctionDef, node: ast.AST, facts: FileFacts) -> bool:
    """Whether nothing but a ``return`` or a line in a log comes after a node."""
    below = node
    for above in facts.ancestors(node):
        for block in (getattr(above, "body", ()), getattr(above, "orelse", ())):
            after = block[block.index(below) + 1 :] if isinstance(block, list) and below in block else []
            if not all(isinstance(s, ast.Return) or (isinstance(s, ast.Expr) and "log" in _said(s)) for s in after):
                return False
        if above is function:
            break
        below = above
    return True


def _command(call: ast.Call) -> str:
    """The name of the program that is started, as far as it is written there."""
    first = call.args[0] if call.args else None
    first = first.elts[0] if isinstance(first, (ast.List, ast.Tuple)) and first.elts else first
    text = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    return text.partition(" ")[0].rpartition("/")[2]


def _goes_to_file(call: ast.Call, name: str, facts: FileFacts) -> bool:
    """Whether something is written to what a ``with open`` around the call opened for writing."""
    said = call.args[1:2] if name == "dump" else [call.func.value] if isinstance(call.func, ast.Attribute) else []
    file = next((each.id for each in said if isinstance(each, ast.Name)), None)
    for above in facts.ancestors(call) if file else ():
        if isinstance(above, (ast.With, ast.AsyncWith)):
            opened = [i.context_expr for i in above.items if _is_name(i.optional_vars, file)]
        elif isinstance(above, ast.Try):
            opened = [s.value for s in above.body if isinstance(s, ast.Assign) and _is_name(s.targets[0], file)]
        else:
            opened = []
        if opened:
            is_file = isinstance(opened[0], ast.Call) and _is_for_writing(opened[0])
            if not is_file or _is_for_speed(opened[0]) or NICE_TO_HAVE.search(_said(opened[0])):
                return False
            return _is_about_files(call, [opened[0], *call.args], facts)
    return False


def _is_name(node: ast.expr | None, name: str | None) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_for_writing(opened: ast.Call) -> bool:
    modes = [a.value for a in (*opened.args, *(k.value for k in opened.keywords)) if isinstance(a, ast.Constant)]
    return any(isinstance(mode, str) and re.fullmatch(r"[wax][bt+]*|r[bt]*\+[bt]*", mode) for mode in modes)


def _only_asks(call: ast.Call, facts: FileFacts) -> bool:
    """Whether a statement of SQL asks, tunes or alters tables: that may have been done before."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Call) and first.args:
        first = first.args[0]
    if isinstance(first, ast.Name):
        loops = (above for above in facts.ancestors(call) if isinstance(above, (ast.For, ast.AsyncFor)))
        if any(isinstance(loop.target, ast.Name) and loop.target.id == first.id for loop in loops):
            return True
        first = _assigned(first.id, call, facts)
    if isinstance(first, ast.JoinedStr) and first.values:
        first = first.values[0]
    while isinstance(first, ast.BinOp):
        first = first.left
    text = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
    return text is not None and not CHANGES.match(text)


def _makes_tables(call: ast.Call, facts: FileFacts) -> bool:
    """Whether the function sets up a database: its first rows may be there already."""
    function = facts.function(call)
    texts = (below.value for below in walk(function) if isinstance(below, ast.Constant)) if function else ()
    return any(isinstance(text, str) and MAKES_TABLE.match(text) for text in texts)


def _assigned(name: str, call: ast.Call, facts: FileFacts) -> ast.expr | None:
    """What a name in the same function was last bound to before a call."""
    function = facts.function(call)
    found = None
    for below in walk(function) if isinstance(function, type_of_function) else ():
        if isinstance(below, ast.Assign) and below.lineno < call.lineno and _is_name(below.targets[0], name):
            found = below if found is None or below.lineno > found.lineno else found
    return found.value if found else None
