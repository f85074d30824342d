"""Statutes as plain YAML, described in docs/importing-texts.md. Pure.

Read from the parser's events, so that every value stays as it is written (`label: 744.10` is no number), and anchors,
aliases and tags, with which small files become large ones or make objects, are refused before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from portal.guidance.statutes.statute import Fault, Node, Statute, Unreadable, gettext_noop

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 40
TOP = {"title", "language", "scope", "provisions"}
FIELDS = {"label", "number", "heading", "text", "provisions", "reserved"}
LABEL = re.compile(r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")


@dataclass(slots=True)
class Value:
    """A piece of the file with its line: words, fields or a list."""

    line: int
    words: str = ""
    fields: dict[str, Value] | None = None
    items: list[Value] | None = None


@dataclass(slots=True)
class _Frame:
    value: Value
    name: str = ""
    names: set[str] = field(default_factory=set)


def tree(text: str, offset: int = 0) -> Value:
    """The one document of a YAML text."""
    try:
        return _build(yaml.parse(text, Loader=LOADER), offset)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", None) or error).split("\n", 1)[0]
        line = (mark.line + 1 if mark else 1) + offset
        raise Unreadable(
            Fault(line, gettext_noop("Not readable as YAML: %(problem)s."), {"problem": problem})
        ) from error


def _build(events: Iterator[Any], offset: int) -> Value:
    root: Value | None = None
    stack: list[_Frame] = []
    for event in events:
        line = event.start_mark.line + 1 + offset
        _refuse(event, line)
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()
            continue
        value = _value(event, line)
        if value is None:
            continue
        if stack:
            _put(stack[-1], value)
        elif root is None:
            root = value
        else:
            raise Unreadable(Fault(line, gettext_noop("The file holds more than one YAML document.")))
        if value.fields is not None or value.items is not None:
            stack.append(_Frame(value))
            if len(stack) > DEEPEST:
                message = gettext_noop("Elements stand in one another more than %(most)s deep.")
                raise Unreadable(Fault(line, message, {"most": DEEPEST}))
    if root is None:
        raise Unreadable(Fault(0, gettext_noop("The file is empty.")))
    return root


def _refuse(event: Any, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        message = gettext_noop("Anchors and aliases (& and *) are not taken. Write the words out.")
        raise Unreadable(Fault(line, message))
    if getattr(event, "tag", None) not in {None, "!"}:
        raise Unreadable(Fault(line, gettext_noop("Tags (!) are not taken.")))


def _value(event: Any, line: int) -> Value | None:
    if isinstance(event, yaml.ScalarEvent):
        return Value(line, words="" if event.value in {"~", "null"} and event.implicit[0] else event.value)
    if isinstance(event, yaml.MappingStartEvent):
        return Value(line, fields={})
    if isinstance(event, yaml.SequenceStartEvent):
        return Value(line, items=[])
    return None


def _put(frame: _Frame, value: Value) -> None:
    if frame.value.items is not None:
        frame.value.items.append(value)
    elif not frame.name:
        if value.fields is not None or value.items is not None:
            raise Unreadable(Fault(value.line, gettext_noop("The name of a field must be a word.")))
        if value.words in frame.names:
            message = gettext_noop("The field “%(name)s” stands here twice.")
            raise Unreadable(Fault(value.line, message, {"name": value.words}))
        frame.names.add(value.words)
        frame.name = value.words or "?"
    else:
        assert frame.value.fields is not None  # noqa: S101  (a frame is a mapping or a list)
        frame.value.fields[frame.name] = value
        frame.name = ""


def mapping(text: str, offset: int = 0) -> dict[str, str]:
    """Front matter: names and words."""
    if not text.strip():
        return {}
    root = tree(text, offset)
    if root.fields is None:
        raise Unreadable(Fault(root.line, gettext_noop("Front matter holds fields and values.")))
    return {name: value.words.strip() for name, value in root.fields.items()}


def read(text: str) -> Statute:
    """The act in a YAML file; every fault in its fields at once."""
    root = tree(text)
    faults: list[Fault] = []
    if root.fields is None or "provisions" not in root.fields:
        raise Unreadable(Fault(root.line, gettext_noop("The file needs a field “provisions” with a list.")))
    faults += _unknown(root.fields, TOP)
    nodes = _nodes(root.fields["provisions"], faults)
    if faults:
        raise Unreadable(*faults)
    return Statute(_words(root.fields, "title"), _words(root.fields, "language"), nodes, _scope(root.fields))


def _scope(fields: dict[str, Value]) -> frozenset[str] | None:
    given = fields.get("scope")
    if given is None or (given.words.strip() == "whole" or (not given.words.strip() and not given.items)):
        return None
    return frozenset(item.words.strip() for item in given.items or [given])


def _nodes(value: Value, faults: list[Fault]) -> list[Node]:
    if value.items is None:
        faults.append(Fault(value.line, gettext_noop("“provisions” must be a list.")))
        return []
    return [node for item in value.items if (node := _node(item, faults)) is not None]


def _node(value: Value, faults: list[Fault]) -> Node | None:
    fields = value.fields
    if fields is None:
        faults.append(Fault(value.line, gettext_noop("A provision holds fields and values.")))
        return None
    faults += _unknown(fields, FIELDS)
    label = _words(fields, "label")
    if not LABEL.match(label):
        message = gettext_noop("“%(label)s” is no label: lower case letters and digits, joined by . and -.")
        faults.append(Fault(fields["label"].line if "label" in fields else value.line, message, {"label": label[:60]}))
    children = _nodes(fields["provisions"], faults) if "provisions" in fields else []
    text = "\n".join(line.rstrip() for line in _words(fields, "text").split("\n"))
    reserved = _words(fields, "reserved").lower() in {"true", "yes"}
    number = _words(fields, "number") or label
    return Node(label, number, _words(fields, "heading"), text, value.line, children, reserved)


def _words(fields: dict[str, Value], name: str) -> str:
    return fields[name].words.strip() if name in fields else ""


def _unknown(fields: dict[str, Value], known: set[str]) -> Iterator[Fault]:
    for name, value in fields.items():
        if name not in known:
            yield Fault(value.line, gettext_noop("There is no field “%(name)s” here."), {"name": name[:60]})
