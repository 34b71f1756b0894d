"""``no-swallowed-error``: an action that fails must not fail unseen."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import type_of_function, walk
from reviewers.paths import kind_of_path
from reviewers.rule import Hit, Invalid, Precision, Related, Rule, Severity, Valid
from reviewers.rules._harmless import LOADS, MENTIONS, SAYS_WHY, is_courtesy, is_lasting, is_work, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewers.facts import FileFacts


class NoSwallowedError(Rule):
    """An ``except Exception`` that does nothing turns a failed action into silence.

    Asked for is only what loses work: a write, a message, a command or the step of a loop over items that may fail
    unseen. Left alone are look-ups and attempts with a fallback, clean-up, optional imports, caches, logs, telemetry,
    pictures and other things soon made again, tests, scripts, and whatever a comment or a docstring explains. Name the exception that is expected, log the rest,
    or write down why it does not matter.
    """

    name = "no-swallowed-error"
    severity = Severity.MEDIUM
    confidence = 0.75
    worth = 0.15
    equivalents = ("S110", "S112", "BLE001", "E722", "W0702", "W0703", "bare-except", "broad-except")
    sees = (ast.ExceptHandler,)
    precision = Precision(
        right=13,
        read=15,
        repositories=(
            *("Bottles", "Django-CRM", "HoshinoBot", "MaxKB", "MobSF", "Mycodo", "OpenBazaar-Server", "QUANTAXIS"),
            *("courtlistener", "dionaea", "meerk40t", "onyx", "pocsuite3"),
        ),
        note="all that it tells of in about 340 repositories; 11 of these hits were read before it was narrowed for the"
        " last time, so they are no fresh sample (of the 4 read after it 3 were right; in its wider form 16 of 31 were)",
    )
    examples: ClassVar = (
        Valid('def touch(issue):\n    try:\n        issue.save()\n    except OSError:\n        pass\n'),
        Valid('def touch(issue):\n    try:\n        issue.save()\n    except Exception:\n        pass  # the next run saves it again\n'),
        Valid("def touch(issue):\n    try:\n        issue.save()\n    except Exception:\n        log.exception('not saved')\n"),
        Valid('def touch(issue):\n    try:\n        # an issue that was never pushed may fail here\n        issue.save()\n    except Exception:\n        pass\n'),
        Valid('def tell(issue):\n    """Tell the server; failures are ignored."""\n    try:\n        post(issue)\n    except Exception:\n        pass\n'),
        Valid('import os\n\n\ndef touch(issue):\n    try:\n        os.unlink(issue.path)\n    except Exception:\n        pass\n'),
        Valid('def touch(issue):\n    try:\n        import uvloop\n        uvloop.install()\n        issue.save()\n    except Exception:\n        pass\n'),
        Valid('def touch(issue):\n    try:\n        name = gethostname()\n    except Exception:\n        pass\n'),
        Valid('def touch(issue):\n    try:\n        issue.save()\n        return True\n    except Exception:\n        pass\n'),
        Valid('def touch(issue):\n    try:\n        issue.save()\n        saved = True\n    except Exception:\n        pass\n'),
        Valid('def touch(issue):\n    try:\n        issue.save()\n    except Exception:\n        pass\n    else:\n        told = 1\n'),
        Valid('def close(issue):\n    try:\n        issue.save()\n    except Exception:\n        pass\n'),
        Valid('def __del__(issue):\n    try:\n        issue.save()\n    except Exception:\n        pass\n'),
        Valid('class UsageStats:\n    def send(self):\n        try:\n            post(self)\n        except Exception:\n            pass\n'),
        Valid('def end():\n    try:\n        work()\n    finally:\n        try:\n            publish()\n        except Exception:\n            pass\n'),
        Valid('def run(issue):\n    try:\n        work()\n    except OSError:\n        try:\n            notify(issue)\n        except Exception:\n            pass\n'),
        Valid('rows = {}\nfor name in names:\n    try:\n        rows[name] = load(name)\n    except Exception:\n        continue\n'),
        Valid('def convert(texts):\n    for text in texts:\n        try:\n            return float(text)\n        except ValueError:\n            continue\n'),
        Valid("def save(issue):\n    try:\n        with open(cache_path, 'w') as file:\n            file.write(issue.text)\n    except Exception:\n        pass\n"),
        Valid("def start(issue):\n    try:\n        with open(issue.path, 'w') as file:\n            file.write(issue.text)\n    except Exception:\n        pass\n"),
        Valid('def save(issue):\n    try:\n        with open(issue.path) as file:\n            issue.text = file.read()\n    except Exception:\n        pass\n'),
        Valid("def touch(issue):\n    try:\n        cursor.execute('ALTER TABLE issue ADD COLUMN touched')\n    except Exception:\n        pass\n"),
        Valid("import subprocess\n\n\ndef touch(issue):\n    try:\n        subprocess.run(['renice', '5', issue.pid])\n    except Exception:\n        pass\n"),
        Valid('def touch(issue):\n    try:\n        screen.update_row(issue)\n    except Exception:\n        pass\n'),
        Valid('def touch(issue):\n    try:\n        queue.put(issue)\n    except Exception:\n        pass\n'),
        Valid('def touch(issue):\n    try:\n        prefetch_artwork.apply_async(issue)\n    except Exception:\n        pass\n'),
        Valid("def save(issue):\n    try:\n        with open(os.path.join(home, 'logo.png'), 'wb') as file:\n            file.write(issue.logo)\n    except Exception:\n        pass\n"),
        Valid("def install(issue):\n    try:\n        with open(issue.notes, 'w') as file:\n            file.write(issue.text)\n    except Exception:\n        pass\n    unpack(issue)\n"),
        Valid('def update_throttle(path):\n    try:\n        path.write_text(str(time()))\n    except Exception:\n        pass\n'),
        Valid('def start(path):\n    try:\n        path.write_text(str(time()))\n    except Exception:\n        pass\n'),
        Valid("def touch(job):\n    try:\n        app.control.revoke(f'issue-{job}')\n    except Exception:\n        pass\n"),
        Valid('def save(issue):\n    try:\n        image.save(issue.path)\n    except Exception:\n        pass\n'),
        Valid("import subprocess\n\n\ndef touch(issue):\n    try:\n        subprocess.run(['make', 'release'])\n    except Exception:\n        pass\n"),
        Valid('def tell(people):\n    for each in people:\n        try:\n            bot.send_message(each, TEXT)\n        except Exception:\n            pass\n'),
        Valid("def touch(conn):\n    try:\n        conn.execute('ALTER TABLE issue ADD COLUMN touched')\n        conn.commit()\n    except Exception:\n        pass\n"),
        Valid('def touch(conn):\n    for step in STEPS:\n        try:\n            conn.execute(step)\n        except Exception:\n            pass\n'),
        Valid('def busy(bus, places):\n    there = []\n    for place in places:\n        try:\n            bus.write_quick(place)\n            there.append(place)\n        except Exception:\n            pass\n    return there\n'),
        Valid('def save(issue):\n    try:\n        issue.save()\n    except Exception:\n        return None\n    return issue.name\n'),
        Valid('def save(rows):\n    try:\n        table.insert_many(rows, ordered=False)\n    except Exception:\n        pass\n'),
        Valid("def start(cur):\n    cur.execute('CREATE TABLE kind (name)')\n    try:\n        cur.execute('INSERT INTO kind VALUES (1)')\n    except Exception:\n        pass\n"),
        Valid('def run(issues):\n    for issue in issues:\n        try:\n            Process(issue)\n        except Exception:\n            pass\n'),
        Valid('def test_it(issue):\n    try:\n        issue.save()\n    except Exception:\n        pass\n', path="tests/test_it.py"),
        Valid('def touch(issue):\n    try:\n        issue.save()\n    except Exception:\n        pass\n', path="scripts/touch.py"),
        Valid('def touch(issue):\n    try:\n        issue.save()\n    except Exception:\n        pass\n', path="app/telemetry/touch.py"),
        Invalid('def touch(issue):\n    try:\n        issue.touched = now()\n        issue.save()\n    except Exception:\n        pass\n'),
        Invalid('def run(issues):\n    for issue in issues:\n        try:\n            handle(issue)\n        except:\n            continue\n'),
        Invalid('def run(issues):\n    done = []\n    for issue in issues:\n        try:\n            done.append(process(issue))\n        except Exception:\n            pass\n    return done\n'),
        Invalid("def save(issue):\n    try:\n        with open(issue.path, 'w') as file:\n            file.write(issue.text)\n    except Exception:\n        pass\n"),
        Invalid("import json\n\n\ndef save(issue):\n    try:\n        with open(issue.path, 'w') as file:\n            json.dump(issue.rows, file)\n    except Exception:\n        pass\n"),
        Invalid('def tell(rows):\n    for row in rows:\n        try:\n            if row.new:\n                cursor.execute(QUERY, row)\n        except (OSError, Exception):\n            ...\n'),
        Invalid('import requests\n\n\ndef tell(issue):\n    try:\n        answer = requests.post(URL, json=issue.rows)\n        answer.raise_for_status()\n    except Exception:\n        pass\n'),
        Invalid("import subprocess\n\n\ndef release(issue):\n    try:\n        subprocess.run(['make', 'release'], check=True)\n    except Exception:\n        pass\n"),
        Invalid('def save_issue(path, issue):\n    try:\n        path.write_text(issue.text)\n    except Exception:\n        pass\n'),
        Invalid('def create_report(report_path, rows):\n    try:\n        report_path.write_text(rows)\n    except Exception:\n        pass\n    tell()\n'),
        Invalid("def touch(conn, issue):\n    try:\n        conn.execute('UPDATE issue SET touched = 1')\n        conn.commit()\n    except Exception:\n        pass\n"),
        Invalid('async def sync():\n    try:\n        await publish()\n    except BaseException:\n        return\n    tell()\n'),
    )  # fmt: skip

    def check(self, node: ast.ExceptHandler, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Flag a handler that catches everything and does nothing about an action that failed."""
        if not _does_nothing(node.body) or not _is_broad(node.type) or kind_of_path(facts.path):
            return
        block = facts.parent(node)
        if not isinstance(block, ast.Try) or block.orelse or not isinstance(facts.function(node), type_of_function):
            return
        items = _items(block, facts)
        action = next(_actions(block.body, items, facts), None)
        if action is None or _has_import(block.body) or _tells(block.body, items) or _is_told(node, facts):
            return
        if not is_courtesy(block, facts) and not _explained(node, block, facts):
            called = facts.dotted(action.func) or name_of(action)
            seen = Related(facts.path, action.lineno, action.end_lineno or action.lineno, "what may fail")
            message = f"when {called}() fails nobody will know: name the error that is expected, or log it"
            yield Hit(node, message, related=(seen,), syntax=f"except {ast.dump(action.func)}")


def _is_broad(caught: ast.expr | None) -> bool:
    """Whether every error is caught."""
    if isinstance(caught, ast.Tuple):
        return any(_is_broad(each) for each in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"})


def _does_nothing(body: list[ast.stmt]) -> bool:
    if len(body) != 1:
        return False
    only = body[0]
    if isinstance(only, ast.Expr):
        return isinstance(only.value, ast.Constant) and only.value.value is ...
    if isinstance(only, ast.Return):
        return only.value is None or (isinstance(only.value, ast.Constant) and only.value.value is None)
    return isinstance(only, (ast.Pass, ast.Continue))


def _is_told(node: ast.ExceptHandler, facts: FileFacts) -> bool:
    """Whether the caller is told: the handler returns nothing where the function returns something else."""
    function = facts.function(node)
    if not isinstance(node.body[0], ast.Return) or function is None:
        return False
    returned = [below.value for below in walk(function) if isinstance(below, ast.Return) and below.value is not None]
    return any(not (isinstance(value, ast.Constant) and value.value is None) for value in returned)


def _has_import(body: list[ast.stmt]) -> bool:
    """Whether the block loads something that may not be there."""
    for node in (below for statement in body for below in walk(statement)):
        if isinstance(node, (ast.Import, ast.ImportFrom)) or (isinstance(node, ast.Call) and name_of(node) in LOADS):
            return True
    return False


def _explained(node: ast.ExceptHandler, block: ast.Try, facts: FileFacts) -> bool:
    """Whether a comment in the handler says anything, or one near the block or the docstring says why."""
    lines = facts.lines
    end = node.end_lineno or node.lineno
    if any("#" in line for line in lines[node.lineno - 1 : end]):
        return True
    after = lines[end] if end < len(lines) else ""
    if after.lstrip().startswith("#") and len(after) - len(after.lstrip()) > node.col_offset:
        return True
    above = list(_above(block, lines))
    if not all(line.isascii() for line in above):
        return True
    near = [lines[block.lineno - 1], lines[block.lineno], lines[node.lineno - 2], *above]
    holder = facts.parent(block)
    if isinstance(holder, (ast.If, ast.With, ast.For)) and holder.body[0] is block:
        near += _above(holder, lines)
    if any("#" in line and MENTIONS.search(line.partition("#")[2]) for line in near):
        return True
    function = facts.function(node)
    words = ast.get_docstring(function, clean=False) if isinstance(function, type_of_function) else None
    return bool(words and SAYS_WHY.search(words))


def _above(statement: ast.stmt, lines: list[str]) -> Iterator[str]:
    """The comment lines right above a statement."""
    number = statement.lineno - 2
    while number >= 0 and lines[number].lstrip().startswith("#"):
        yield lines[number]
        number -= 1


def _items(block: ast.Try, facts: FileFacts) -> frozenset[str]:
    """The names of the item in hand, where the block is what a loop does with one item after another."""
    holder = facts.parent(block)
    if not isinstance(holder, (ast.For, ast.AsyncFor)):
        return frozenset()
    return frozenset(below.id for below in walk(holder.target) if isinstance(below, ast.Name))


def _actions(body: list[ast.stmt], items: frozenset[str], facts: FileFacts) -> Iterator[ast.Call]:
    """What the block was written for: the calls it ends with whose result nobody takes."""
    for statement in reversed(body):
        if isinstance(statement, ast.Expr):
            if (action := _action(statement.value, items, facts)) is not None:
                if name_of(action) != "commit" or _has_changes(body, facts):
                    yield action
                return
        elif isinstance(statement, (ast.If, ast.With, ast.AsyncWith, ast.For, ast.AsyncFor, ast.While)):
            yield from _actions(statement.body, items, facts)
            yield from _actions(getattr(statement, "orelse", []), items, facts)
        elif isinstance(statement, ast.Try):
            if not any(_is_broad(handler.type) for handler in statement.handlers):
                yield from _actions(statement.orelse or statement.body, items, facts)
        elif isinstance(statement, ast.Assign):
            action = _call(statement.value)
            if action is not None and (is_work(action, items) or _only_checked(statement, body, action, facts)):
                yield action
                return


def _has_changes(body: list[ast.stmt], facts: FileFacts) -> bool:
    """Whether what is committed may be more than tables that were there before."""
    calls = [below for statement in body for below in walk(statement) if isinstance(below, ast.Call)]
    asked = [call for call in calls if name_of(call).startswith("execute")]
    return not asked or any(is_lasting(call, facts) for call in asked)


def _action(value: ast.expr, items: frozenset[str], facts: FileFacts) -> ast.Call | None:
    """The call itself, or the work on an item whose outcome it collects, where that matters."""
    call = _call(value)
    if call is None or is_lasting(call, facts) or is_work(call, items):
        return call
    collected = call.args if name_of(call) in {"append", "add", "extend"} else []
    return next((inner for each in collected if (inner := _call(each)) is not None and is_work(inner, items)), None)


def _call(value: ast.expr) -> ast.Call | None:
    value = value.value if isinstance(value, ast.Await) else value
    return value if isinstance(value, ast.Call) else None


def _only_checked(statement: ast.Assign, body: list[ast.stmt], call: ast.Call, facts: FileFacts) -> bool:
    """Whether all that is done with the answer to an action is ``answer.raise_for_status()``."""
    after = body[body.index(statement) + 1 :]
    checks = [
        c for s in after if isinstance(s, ast.Expr) and (c := _call(s.value)) and name_of(c) == "raise_for_status"
    ]
    return len(checks) == len(after) == 1 and is_lasting(call, facts)


def _tells(body: list[ast.stmt], items: frozenset[str]) -> bool:
    """Whether success is told apart: the block returns, leaves a loop, sets a flag or keeps the item that worked."""
    for below in (node for statement in body for node in walk(statement)):
        if isinstance(below, (ast.Return, ast.Break)):
            return True
        if isinstance(below, ast.Call) and name_of(below) in {"append", "add"}:
            kept = any(isinstance(each, ast.Name) and each.id in items for each in below.args)
            if kept:
                return True
        if isinstance(below, ast.Assign) and isinstance(below.value, ast.Constant):
            is_flag = below.value.value is None or isinstance(below.value.value, bool)
            if is_flag or any(isinstance(target, ast.Name) for target in below.targets):
                return True
    return False
