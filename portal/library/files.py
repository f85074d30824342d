"""Reading authored files: YAML and Markdown with front matter into records, every fault with file and line.

Pure: no database. Lines are counted from 1, as editors show them.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from portal.core.authored import Loaded, Loc

FENCE = "---"
TWIN = ".zh-hans.md"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a file, and where."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(slots=True)
class Document:
    """A parsed file: its data, where each piece of data stands, and for Markdown the body."""

    path: str
    data: Any
    node: Any
    offset: int = 0  # lines before the YAML
    body: str = ""
    body_line: int = 1
    digest: str = ""

    def line(self, loc: Loc) -> int:
        """The line of the piece at `loc`, or of the nearest piece around it."""
        node, line = self.node, 1 if self.node is None else self.node.start_mark.line + 1
        if loc[:1] == ("body",):
            return self.body_line
        for step in loc:
            below = _step(node, step)
            if below is None:
                break
            node = below
            line = node.start_mark.line + 1
        return line + self.offset


def _step(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


class Broken(Exception):
    """A file that cannot be parsed at all."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def parse(root: Path, path: Path) -> Document:
    """The document in a file. Broken when it is not UTF-8, not YAML, names a field twice or has no front matter."""
    name = path.relative_to(root).as_posix()
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Broken(Fault(name, line, "the file is not UTF-8")) from error
    body, body_line, offset = "", 1, 0
    if path.suffix == ".md":
        lines = text.splitlines()
        if not lines or lines[0].strip() != FENCE or FENCE not in (line.strip() for line in lines[1:]):
            raise Broken(Fault(name, 1, "a Markdown file begins with front matter between two lines of ---"))
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
        text, body, body_line, offset = "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2, 1
        body_line += len(body) - len(body.lstrip("\n"))  # records strip the empty lines above
    data, node = _yaml(name, text, offset)
    return Document(name, data, node, offset, body, body_line, hashlib.sha256(raw).hexdigest())


def _yaml(name: str, text: str, offset: int) -> tuple[Any, Any]:
    try:
        loader = LOADER(text)
        try:
            node = loader.get_single_node()
            if node is not None:
                _no_field_twice(name, node, offset)
            return (loader.construct_document(node) if node is not None else None), node
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise Broken(
            Fault(name, (mark.line + 1 if mark else 1) + offset, f"not readable as YAML: {problem}")
        ) from error
    except ValueError as error:  # such as 2024-13-45, which YAML takes for a date
        raise Broken(Fault(name, 1 + offset, f"not readable as YAML: {error}")) from error


def _no_field_twice(name: str, node: Any, offset: int) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise Broken(
                    Fault(name, key.start_mark.line + 1 + offset, f"the field “{key.value}” stands here twice")
                )
            seen.add(key.value)
            _no_field_twice(name, value, offset)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _no_field_twice(name, value, offset)


def validate(document: Document, record: type[BaseModel]) -> tuple[BaseModel | None, list[Fault]]:
    """The record that a document holds, or every fault in it."""
    data = document.data
    if not isinstance(data, dict):
        return None, [Fault(document.path, 1, "the file must hold fields and values")]
    if document.path.endswith(".md"):
        data = {**data, "body": document.body}
    try:
        return record.model_validate(data), []
    except ValidationError as error:
        return None, [
            Fault(document.path, document.line(_clean(item["loc"])), _sentence(item)) for item in error.errors()
        ]


def _clean(loc: tuple[Any, ...]) -> Loc:
    return tuple(step for step in loc if isinstance(step, int) or not str(step).startswith("function-"))


def _sentence(item: Any) -> str:
    where = ".".join(str(step) for step in _clean(item["loc"]))
    kinds = {
        "missing": f"the field “{where}” is missing",
        "extra_forbidden": f"there is no field “{where}”; see docs/writing-content.md",
    }
    words = str(item["msg"]).removeprefix("Value error, ")
    return kinds.get(item["type"], f"{where}: {words}")


@dataclass(slots=True)
class Reading:
    """What reading one shelf gave."""

    loaded: list[Loaded] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class Reader:
    """Reads the files of shelves below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, pattern: str, record: Any, translation: Any = None, members: Iterable[Any] = ()) -> Reading:
        """All files that match, with their twins and members."""
        reading = Reading()
        for path in sorted(self.root.glob(pattern)):
            if not path.name.endswith(TWIN):
                self._read_one(reading, path, record, translation, tuple(members))
        return reading

    def _read_one(self, reading: Reading, path: Path, record: Any, translation: Any, members: tuple[Any, ...]) -> None:
        made, document = self._record(reading, path, record)
        digests = [document.digest] if document else []
        translations: dict[str, Any] = {}
        twin = path.with_name(path.name.removesuffix(".md") + TWIN)
        if translation is not None and path.suffix == ".md" and twin.exists():
            twin_made, twin_document = self._record(reading, twin, translation)
            if twin_made is not None and twin_document is not None:
                translations["zh-hans"] = twin_made
                digests.append(twin_document.digest)
        parts: dict[str, list[Loaded]] = {}
        for member in members:
            below = Reader(self.root).read(
                (path.parent / member.pattern).relative_to(self.root).as_posix(),
                member.record,
                member.translation,
            )
            reading.faults += below.faults
            reading.documents |= below.documents
            parts[member.name] = below.loaded
            digests += [loaded.checksum for loaded in below.loaded]
        if made is not None and document is not None:
            checksum = hashlib.sha256("".join(digests).encode()).hexdigest()
            reading.loaded.append(Loaded(document.path, made, checksum, translations, parts))

    def _record(self, reading: Reading, path: Path, record: Any) -> tuple[Any, Document | None]:
        try:
            document = parse(self.root, path)
        except Broken as error:
            reading.faults.append(error.fault)
            return None, None
        reading.documents[document.path] = document
        made, faults = validate(document, record)
        reading.faults += faults
        return made, document

    def strays(self, patterns: Iterable[str]) -> Iterator[Fault]:
        """Files that belong to no shelf: usually a misspelt folder or ending."""
        known = {path for pattern in patterns for path in self.root.glob(pattern)}
        known |= {path.with_name(path.name.removesuffix(".md") + TWIN) for path in known if path.suffix == ".md"}
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and path not in known and not path.name.startswith(".") and path.name != "README.md":
                yield Fault(
                    path.relative_to(self.root).as_posix(),
                    1,
                    "no kind of content has files here by this name",
                )
