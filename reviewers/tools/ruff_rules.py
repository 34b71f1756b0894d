"""Which of ruff's rules speak, and how often people act on them: pure data.

How the figures were measured. In 32 public repositories (Python applications, libraries and tools) ruff 0.17.6 read
the tree of a year before the newest commit, and that of two years before; the years end between December 2022 and
August 2026. A finding counts as *acted on* when, a year later, its lines were edited or deleted and the rule no longer
fires there; a deleted file, code that only moved and an added ``noqa`` do not count. Tests, docs, examples and
migrations were left out.

``acted_on`` is an average in which each repository has at most one vote (one with n findings has n / (n + 1)), drawn
towards the mean of the rule's family with the strength of ten votes, about the best for repositories left out. A
rule of high or medium consequence that fired in four repositories or fewer is drawn towards .24, or its family's mean
where that is higher: rare findings of that kind were acted on that often. For twelve rules an earlier count in 18 other
repositories is blended in at half weight. ``seen`` is the number of the 32 repositories in which the rule fired; where
it is small, ``acted_on`` is little more than a guess from the rule's kind. Repositories differ far more than rules
do: read the figures as an order, not as odds.

``_READ`` holds a second measurement: findings of 54 other repositories, mostly outside of tests, documentation and
examples, read one by one with the code around them, and how many of them a maintainer would thank for and mend.
``worth`` draws the share of a code towards that of all codes of the same consequence that were read, with the strength
of four votes, so a code that was never read is judged by its kind. ``docs/ranking.md`` tells what was read.

Left out: pure modernisation, style that is not acted on, rules that were mostly wrong when read by hand (``B018``,
``PLE0704``, ``RUF009``, ``S301``), what depends on the project's own linters (``RUF100``), what another code
says of the same place (``PLE1300`` of ``F509``), and what Nova's own rules already ask for.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewers.finding import Severity

VOTES = 4
"""How many votes the kind of a code has against the findings of it that were read."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of ruff's rules that is worth a reader's time."""

    code: str
    name: str
    """The name that ruff gives it."""
    severity: Severity
    """What happens if it is ignored."""
    acted_on: float
    """The share of its findings that people act on within a year, 0 to 1."""
    seen: int
    """In how many of the measured repositories it fired."""


_TABLE: tuple[tuple[str, str, str, float, int], ...] = (
    ("ASYNC230", "blocking-open-call-in-async-function", "low", 0.14, 5),
    ("B003", "assignment-to-os-environ", "medium", 0.24, 0),
    ("B004", "unreliable-callable-check", "medium", 0.26, 2),
    ("B005", "strip-with-multi-characters", "medium", 0.28, 1),
    ("B006", "mutable-argument-default", "medium", 0.19, 12),
    ("B007", "unused-loop-control-variable", "info", 0.17, 22),
    ("B012", "jump-statement-in-finally", "high", 0.30, 2),
    ("B014", "duplicate-handler-exception", "info", 0.16, 0),
    ("B016", "raise-literal", "high", 0.24, 0),
    ("B019", "cached-instance-method", "medium", 0.17, 8),
    ("B020", "loop-variable-overrides-iterator", "low", 0.22, 11),
    ("B025", "duplicate-try-block-exception", "medium", 0.28, 1),
    ("B028", "no-explicit-stacklevel", "low", 0.22, 15),
    ("B029", "except-with-empty-tuple", "high", 0.24, 0),
    ("B030", "except-with-non-exception-classes", "high", 0.23, 1),
    ("B031", "reuse-of-groupby-generator", "medium", 0.24, 0),
    ("B034", "re-sub-positional-args", "medium", 0.24, 2),
    ("B035", "static-key-dict-comprehension", "medium", 0.23, 1),
    ("B039", "mutable-contextvar-default", "medium", 0.23, 1),
    ("B904", "raise-without-from-inside-except", "low", 0.15, 26),
    ("B905", "zip-without-explicit-strict", "low", 0.20, 27),
    ("C401", "unnecessary-generator-set", "info", 0.19, 12),
    ("C403", "unnecessary-list-comprehension-set", "info", 0.29, 10),
    ("C405", "unnecessary-literal-set", "info", 0.22, 5),
    ("C414", "unnecessary-double-cast-or-process", "info", 0.18, 6),
    ("C416", "unnecessary-comprehension", "info", 0.16, 16),
    ("C417", "unnecessary-map", "info", 0.18, 11),
    ("C419", "unnecessary-comprehension-in-call", "info", 0.22, 11),
    ("C420", "unnecessary-dict-comprehension-for-iterable", "info", 0.24, 18),
    ("DJ013", "django-non-leading-receiver-decorator", "medium", 0.24, 0),
    ("E711", "none-comparison", "low", 0.21, 4),
    ("E713", "not-in-test", "info", 0.20, 5),
    ("E714", "not-is-test", "info", 0.26, 5),
    ("E721", "type-comparison", "low", 0.31, 15),
    ("F401", "unused-import", "info", 0.30, 16),
    ("F402", "import-shadowed-by-loop-var", "medium", 0.27, 2),
    ("F502", "percent-format-expected-mapping", "high", 0.28, 0),
    ("F503", "percent-format-expected-sequence", "high", 0.28, 0),
    ("F504", "percent-format-extra-named-arguments", "medium", 0.28, 0),
    ("F505", "percent-format-missing-argument", "high", 0.28, 0),
    ("F506", "percent-format-mixed-positional-and-named", "high", 0.28, 0),
    ("F507", "percent-format-positional-count-mismatch", "high", 0.28, 0),
    ("F509", "percent-format-unsupported-format-character", "high", 0.28, 0),
    ("F521", "string-dot-format-invalid-format", "high", 0.28, 0),
    ("F522", "string-dot-format-extra-named-arguments", "medium", 0.28, 0),
    ("F523", "string-dot-format-extra-positional-arguments", "medium", 0.28, 2),
    ("F524", "string-dot-format-missing-arguments", "high", 0.27, 1),
    ("F525", "string-dot-format-mixing-automatic", "medium", 0.28, 0),
    ("F541", "f-string-missing-placeholders", "info", 0.42, 8),
    ("F601", "multi-value-repeated-key-literal", "high", 0.28, 0),
    ("F631", "assert-tuple", "high", 0.28, 0),
    ("F632", "is-literal", "high", 0.28, 0),
    ("F634", "if-tuple", "high", 0.28, 0),
    ("F811", "redefined-while-unused", "medium", 0.30, 8),
    ("F821", "undefined-name", "high", 0.23, 7),
    ("F822", "undefined-export", "high", 0.28, 0),
    ("F823", "undefined-local", "high", 0.27, 1),
    ("F841", "unused-variable", "medium", 0.30, 9),
    ("F901", "raise-not-implemented", "medium", 0.36, 3),
    ("FURB132", "check-and-remove-from-set", "info", 0.21, 3),
    ("FURB171", "single-item-membership-test", "info", 0.16, 22),
    ("FURB188", "slice-to-remove-prefix-or-suffix", "info", 0.24, 23),
    ("G010", "logging-warn", "low", 0.21, 7),
    ("G101", "logging-extra-attr-clash", "high", 0.24, 0),
    ("INT001", "f-string-in-get-text-func-call", "medium", 0.20, 3),
    ("INT002", "format-in-get-text-func-call", "medium", 0.24, 3),
    ("ISC001", "single-line-implicit-string-concatenation", "info", 0.45, 19),
    ("LOG004", "log-exception-outside-except-handler", "medium", 0.15, 10),
    ("LOG014", "exc-info-outside-except-handler", "low", 0.10, 3),
    ("PERF402", "manual-list-copy", "info", 0.14, 11),
    ("PIE794", "duplicate-class-field-definition", "medium", 0.11, 7),
    ("PIE796", "non-unique-enums", "medium", 0.23, 1),
    ("PLC0207", "missing-maxsplit-arg", "info", 0.17, 16),
    ("PLC1802", "len-test", "info", 0.18, 10),
    ("PLE0100", "yield-in-init", "high", 0.24, 0),
    ("PLE0101", "return-in-init", "high", 0.24, 0),
    ("PLE0237", "non-slot-assignment", "high", 0.24, 0),
    ("PLE1205", "logging-too-many-args", "high", 0.23, 4),
    ("PLE1206", "logging-too-few-args", "high", 0.24, 0),
    ("PLE1307", "bad-string-format-type", "high", 0.24, 0),
    ("PLE1310", "bad-str-strip-call", "medium", 0.24, 0),
    ("PLR0124", "comparison-with-itself", "medium", 0.24, 0),
    ("PLR1704", "redefined-argument-from-local", "low", 0.12, 19),
    ("PLR1711", "useless-return", "info", 0.10, 11),
    ("PLR1722", "sys-exit-alias", "low", 0.09, 11),
    ("PLW0120", "useless-else-on-loop", "info", 0.11, 15),
    ("PLW0128", "redeclared-assigned-name", "medium", 0.24, 0),
    ("PLW0129", "assert-on-string-literal", "high", 0.23, 1),
    ("PLW0133", "useless-exception-statement", "high", 0.23, 1),
    ("PLW0245", "super-without-brackets", "high", 0.24, 0),
    ("PLW0711", "binary-op-exception", "high", 0.23, 1),
    ("PLW1501", "bad-open-mode", "high", 0.24, 0),
    ("PLW2101", "useless-with-lock", "medium", 0.24, 0),
    ("PLW3301", "nested-min-max", "info", 0.11, 4),
    ("RUF006", "asyncio-dangling-task", "medium", 0.23, 2),
    ("RUF008", "mutable-dataclass-default", "high", 0.26, 1),
    ("RUF010", "explicit-f-string-type-conversion", "info", 0.23, 20),
    ("RUF013", "implicit-optional", "low", 0.27, 9),
    ("RUF015", "unnecessary-iterable-allocation-for-first-element", "info", 0.17, 18),
    ("RUF016", "invalid-index-type", "high", 0.24, 0),
    ("RUF017", "quadratic-list-summation", "low", 0.21, 5),
    ("RUF018", "assignment-in-assert", "medium", 0.24, 0),
    ("RUF019", "unnecessary-key-check", "info", 0.21, 10),
    ("RUF021", "parenthesize-chained-operators", "info", 0.22, 23),
    ("RUF024", "mutable-fromkeys-value", "high", 0.24, 0),
    ("RUF026", "default-factory-kwarg", "high", 0.24, 0),
    ("RUF030", "assert-with-print-message", "medium", 0.24, 0),
    ("RUF033", "post-init-default", "medium", 0.24, 0),
    ("RUF046", "unnecessary-cast-to-int", "info", 0.24, 7),
    ("RUF059", "unused-unpacked-variable", "info", 0.26, 26),
    ("RUF071", "os-path-commonprefix", "medium", 0.17, 5),
    ("S113", "request-without-timeout", "medium", 0.10, 14),
    ("S307", "suspicious-eval-usage", "medium", 0.06, 11),
    ("S501", "request-with-no-cert-validation", "high", 0.25, 2),
    ("S506", "unsafe-yaml-load", "high", 0.27, 3),
    ("S602", "subprocess-popen-with-shell-equals-true", "medium", 0.12, 10),
    ("S605", "start-process-with-a-shell", "medium", 0.15, 7),
    ("SIM113", "enumerate-for-loop", "info", 0.13, 9),
    ("SIM118", "in-dict-keys", "info", 0.13, 26),
    ("SIM201", "negate-equal-op", "info", 0.13, 17),
    ("SIM210", "if-expr-with-true-false", "info", 0.14, 11),
    ("SIM222", "expr-or-true", "medium", 0.26, 3),
    ("SIM223", "expr-and-false", "medium", 0.23, 1),
    ("SIM401", "if-else-block-instead-of-dict-get", "info", 0.15, 9),
    ("SIM910", "dict-get-with-none-default", "info", 0.15, 20),
    ("TRY203", "useless-try-except", "info", 0.07, 10),
    ("W605", "invalid-escape-sequence", "medium", 0.34, 2),
)

CHOSEN: dict[str, Chosen] = {
    code: Chosen(code, name, Severity(severity), acted_on, seen) for code, name, severity, acted_on, seen in _TABLE
}

_READ: dict[str, tuple[int, int]] = {
    "ASYNC230": (0, 1),
    "B004": (3, 4),
    "B005": (3, 5),
    "B006": (6, 18),
    "B007": (0, 5),
    "B012": (8, 9),
    "B016": (1, 1),
    "B019": (5, 8),
    "B020": (0, 6),
    "B025": (1, 1),
    "B028": (9, 27),
    "B034": (2, 5),
    "B904": (1, 10),
    "B905": (0, 13),
    "C420": (0, 4),
    "E711": (3, 5),
    "E721": (3, 13),
    "F401": (12, 13),
    "F507": (1, 1),
    "F522": (2, 2),
    "F523": (5, 5),
    "F541": (3, 6),
    "F632": (2, 2),
    "F811": (9, 10),
    "F821": (2, 8),
    "F841": (11, 22),
    "F901": (3, 3),
    "FURB188": (0, 5),
    "G010": (7, 7),
    "INT002": (4, 4),
    "ISC001": (0, 10),
    "LOG004": (3, 6),
    "LOG014": (2, 3),
    "PIE794": (5, 5),
    "PLC0207": (0, 1),
    "PLE1205": (1, 1),
    "PLR0124": (0, 3),
    "PLR1704": (1, 6),
    "PLR1722": (2, 6),
    "PLW0128": (1, 2),
    "RUF006": (6, 7),
    "RUF010": (0, 3),
    "RUF013": (4, 6),
    "RUF017": (2, 5),
    "RUF021": (0, 5),
    "RUF024": (2, 5),
    "RUF046": (0, 3),
    "RUF059": (0, 16),
    "RUF071": (4, 5),
    "S113": (3, 5),
    "S307": (0, 4),
    "S501": (3, 4),
    "S506": (3, 6),
    "S602": (2, 7),
    "S605": (0, 7),
    "SIM118": (0, 1),
    "SIM222": (3, 4),
    "SIM223": (0, 2),
    "TRY203": (2, 5),
    "W605": (5, 5),
}
"""How many findings of a code were worth a maintainer's time, of how many that were read."""


def _shares() -> dict[Severity, float]:
    kinds = {}
    for severity in Severity:
        read = [seen for code, seen in _READ.items() if CHOSEN[code].severity is severity]
        kinds[severity] = sum(right for right, _ in read) / sum(total for _, total in read)
    return kinds


_OF_KIND = _shares()
TYPICAL = sum(right for right, _ in _READ.values()) / sum(total for _, total in _READ.values())
"""The share of all the findings read that were worth it."""


def read(code: str) -> tuple[int, int]:
    """How many findings of a code were worth it, and how many were read; ``(0, 0)`` where none were."""
    return _READ.get(code, (0, 0))


def worth(code: str) -> float:
    """The share of a code's findings that a maintainer would thank for, as far as reading tells.

    ``TYPICAL`` for what is not one of ruff's chosen codes.
    """
    chosen = CHOSEN.get(code)
    if chosen is None:
        return TYPICAL
    right, total = read(code)
    return (right + VOTES * _OF_KIND[chosen.severity]) / (total + VOTES)
