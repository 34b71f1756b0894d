"""Prunes a GraphQL schema to the types and fields that a list names; what a kept field needs beside is kept whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    Node,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
    parse,
    print_ast,
    visit,
)
from graphql.language import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterable

BUILT_IN = frozenset({"Boolean", "Float", "ID", "Int", "String"})
Fielded = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode


def prune(sdl: str, listed: str) -> str:
    """The part of ``sdl`` that ``listed`` names, a type a line: ``Type: field field``, in alphabetical order.

    Input types, enums and scalars that a kept field names are kept whole. ``KeyError`` for a type or field that is not
    there, and for a kept field whose type is an object that the list lacks.
    """
    wanted = dict(_line(line) for line in listed.splitlines() if line.strip() and not line.startswith("#"))
    document = parse(sdl, no_location=True)
    known = {each.name.value: each for each in document.definitions if isinstance(each, TypeDefinitionNode)}
    kept: dict[str, TypeDefinitionNode] = {name: _narrow(known[name], wanted) for name in wanted}
    waiting = sorted(_named(kept.values()) - kept.keys() - BUILT_IN)
    while waiting:
        name = waiting.pop()
        whole = known[name]
        if not isinstance(whole, InputObjectTypeDefinitionNode | EnumTypeDefinitionNode | ScalarTypeDefinitionNode):
            raise KeyError(f"a kept field is a {name}, which the list does not name")
        kept[name] = whole
        waiting.extend(sorted(_named([whole]) - kept.keys() - BUILT_IN - set(waiting)))
    definitions: tuple[DefinitionNode, ...] = tuple(kept[name] for name in sorted(kept))
    return print_ast(visit(DocumentNode(definitions=definitions), _Unworded())) + "\n"


class _Unworded(Visitor):
    """Takes descriptions and directives away, those of arguments too."""

    def leave(self, node: Node, *_: object) -> Node:
        bare: dict[str, Any] = {"description": None, "directives": ()}
        return replace(node, **{name: value for name, value in bare.items() if getattr(node, name, None)})


def _line(line: str) -> tuple[str, tuple[str, ...]]:
    name, _, fields = line.partition(":")
    return name.strip(), tuple(fields.split())


def _narrow(definition: TypeDefinitionNode, wanted: dict[str, tuple[str, ...]]) -> TypeDefinitionNode:
    if isinstance(definition, UnionTypeDefinitionNode):
        return replace(definition, types=tuple(each for each in definition.types or () if each.name.value in wanted))
    if isinstance(definition, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        interfaces = tuple(each for each in definition.interfaces or () if each.name.value in wanted)
        return replace(definition, fields=tuple(_fields(definition, wanted)), interfaces=interfaces)
    return definition


def _fields(definition: Fielded, wanted: dict[str, tuple[str, ...]]) -> Iterable[FieldDefinitionNode]:
    there = {each.name.value: each for each in definition.fields or ()}
    inherited: set[str] = set()
    for each in definition.interfaces or ():
        inherited.update(wanted.get(each.name.value, ()))
    for name in sorted({*wanted[definition.name.value], *inherited}):
        if name not in there:
            raise KeyError(f"{definition.name.value} has no field {name}")
        yield there[name]


def _named(definitions: Iterable[Node]) -> set[str]:
    class Names(Visitor):
        found: set[str] = set()  # noqa: RUF012 - one for this one walk

        def enter_named_type(self, node: NamedTypeNode, *_: object) -> None:
            self.found.add(node.name.value)

    names = Names()
    for each in definitions:
        visit(each, names)
    return names.found
