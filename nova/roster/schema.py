"""What the front matter of an agent's page may hold. Imports pydantic, so it is loaded only to read a page."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Words = Annotated[str, Field(min_length=1)]
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)


class Limits(BaseModel):
    """The most that one piece of work may use."""

    model_config = _STRICT

    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    calls: Annotated[int, Field(ge=0)] | None = None
    tokens: Annotated[int, Field(ge=0)] | None = None
    money: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class FrontMatter(BaseModel):
    """One agent. What may be left out here may still be missed by the roster, which knows what the page builds on."""

    model_config = _STRICT

    name: Name = ""
    base: Name | None = None
    group: Name = ""
    description: Words = ""
    when: list[Words] = []
    not_when: list[Words] = []
    triggers: list[Words] = []
    llm: Literal["none", "optional", "required"] = "none"
    tools: list[Words] = []
    writes: list[Words] = []
    approval: Literal["none", "ask"] = "none"
    handoffs: dict[Words, Words] = {}
    input: str = ""
    output: str = ""
    budget: Limits = Limits()
    memory: list[Words] = []
    handler: Annotated[str, Field(pattern=r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$")] | None = None
