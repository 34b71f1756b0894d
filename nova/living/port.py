"""What a living review needs of a forge, as small as its caller: any object that fits will do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from nova.living.lines import Held
    from nova.living.values import Conversation, Pull
    from nova.living.writes import Report, Write


class Refused(Exception):
    """The token in hand may not do it, or GitHub refuses what was asked. ``what`` is the name of the write."""

    def __init__(self, what: str, why: str, *, is_invalid: bool = False) -> None:
        super().__init__(f"{what}: {why}")
        self.what = what
        self.why = why
        self.is_invalid = is_invalid
        """Whether the request itself was refused (422), not the right to make it."""


class Uncertain(Exception):
    """The connection broke off, or the server failed: nobody knows whether the write was done."""


class Forge(Protocol):
    """One repository on a forge."""

    def pull(self, number: int) -> Pull:
        """A pull request."""
        ...

    def conversation(self, number: int) -> Conversation:
        """All that was said on it, and the head that it has now."""
        ...

    def held(self, number: int) -> dict[str, tuple[Held, ...]]:
        """The lines that its diff holds as the forge sees it, by path."""
        ...

    def may_write(self, login: str) -> bool | None:
        """Whether somebody may write to the repository; None where that is not to be found out."""
        ...

    def carry_out(self, number: int, write: Write) -> None:
        """Do one write, in one call. Raises ``Refused`` or ``Uncertain``."""
        ...

    def report(self, report: Report, way: str) -> str:
        """Set the light beside a commit by a check run or a status, unless it shows that already; gives the way taken.

        ``way`` is ``check``, ``status`` or ``auto``. Raises ``Refused`` or ``Uncertain``.
        """
        ...

    def upload(self, number: int, head: str, sarif: str) -> None:
        """Hand SARIF to code scanning, unless it has an analysis of that commit. Raises ``Refused``, ``Uncertain``."""
        ...
