"""Everything that can be said about authored files without a database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.core import markdown
from portal.core.authored import Citing, Loaded, Loc
from portal.library.files import Document, Fault, Reader
from portal.references import keys as key_words
from portal.references.authored import Shelf
from portal.references.models import Role

ROLES = set(Role.values)


@dataclass(slots=True)
class Library:
    """All files that passed, by shelf, with the faults of those that did not."""

    loaded: dict[str, list[Loaded]] = field(default_factory=lambda: defaultdict(list))
    documents: dict[str, Document] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)  # key -> path

    def line(self, path: str, loc: Loc) -> int:
        document = self.documents.get(path)
        return document.line(loc) if document else 1


def read(root: Path, shelves: Iterable[Shelf]) -> Library:
    """Read and check all files below `root`: form, keys declared once, every citation, every vocabulary value."""
    reader, library = Reader(root), Library()
    listed = list(shelves)
    for shelf in listed:
        reading = reader.read(shelf.pattern, shelf.record, shelf.translation, shelf.members)
        library.loaded[shelf.name] = reading.loaded
        library.documents |= reading.documents
        library.faults += reading.faults
    library.faults += reader.strays(_patterns(listed))
    _check_keys(library, listed)
    _check_citations(library, listed)
    _check_values(library, listed)
    _check_whole(library, listed)
    library.faults.sort()
    return library


def _patterns(shelves: list[Shelf]) -> Iterator[str]:
    for shelf in shelves:
        yield shelf.pattern
        for member in shelf.members:
            yield str(Path(shelf.pattern).parent / member.pattern)


def _check_keys(library: Library, shelves: list[Shelf]) -> None:
    for shelf in shelves:
        for loaded in library.loaded[shelf.name]:
            for address in shelf.addresses(loaded):
                if not key_words.valid(address.key):
                    library.faults.append(Fault(loaded.path, 1, f"“{address.key}” is not a key: lower case, ASCII"))
                elif address.key in library.keys:
                    other = library.keys[address.key]
                    library.faults.append(Fault(loaded.path, 1, f"the key “{address.key}” is also given in {other}"))
                else:
                    library.keys[address.key] = loaded.path


def _check_citations(library: Library, shelves: list[Shelf]) -> None:
    for shelf in shelves:
        for loaded in library.loaded[shelf.name]:
            for citing in shelf.citing(loaded):
                library.faults += _faults_of(library, citing.path or loaded.path, citing)


def _check_values(library: Library, shelves: list[Shelf]) -> None:
    words = vocabulary(library)
    for shelf in shelves:
        for loaded in library.loaded[shelf.name]:
            for loc, group, value in shelf.values(loaded):
                if value not in words.get(group, {}):
                    line = library.line(loaded.path, loc)
                    library.faults.append(
                        Fault(loaded.path, line, f"“{value}” is not in vocabulary.yaml under {group}")
                    )


def _check_whole(library: Library, shelves: list[Shelf]) -> None:
    """What only the files of a folder together can tell."""
    for shelf in shelves:
        for loaded in library.loaded[shelf.name]:
            library.faults += [
                Fault(found.path, library.line(found.path, found.loc), found.message) for found in shelf.faults(loaded)
            ]


def _faults_of(library: Library, path: str, citing: Citing) -> Iterator[Fault]:
    for loc, key, role in citing.keys:
        yield from _dead(library, path, loc, key, 0)
        if role and role not in ROLES:
            yield Fault(path, library.line(path, loc), f"“{role}” is not a role: {', '.join(sorted(ROLES))}")
    for loc, text in citing.texts:
        for where, words in _languages(loc, text):
            for key, line in markdown.citations(words):
                yield from _dead(library, _file(where, path), where, key, line - 1)


def _file(loc: Loc, path: str) -> str:
    """A text of a translation twin stands in the twin's file."""
    return path.replace(".md", ".zh-hans.md") if loc and loc[0] == "zh-hans" and path.endswith(".md") else path


def _languages(loc: Loc, text: dict[str, str] | str) -> Iterator[tuple[Loc, str]]:
    if isinstance(text, str):
        yield loc, text
        return
    for language, words in text.items():
        yield (*loc, language), words


def _dead(library: Library, path: str, loc: Loc, key: str, offset: int) -> Iterator[Fault]:
    if key.partition("#")[0] not in library.keys:
        start = loc[1:] if loc and loc[0] == "zh-hans" else loc
        yield Fault(path, library.line(path, start) + offset, f"nothing has the key “{key}”")


def targets(citing: Citing) -> list[tuple[str, str]]:
    """The (target key, role) pairs of one citing thing, without its citations of itself."""
    found = [(key.partition("#")[0], role or citing.role) for _, key, role in citing.keys]
    for _, text in citing.texts:
        for _, words in _languages((), text):
            found += [(key, citing.role) for key, _ in markdown.citations(words)]
    return [pair for pair in dict.fromkeys(found) if pair[0] != citing.key]


def vocabulary(library: Library) -> dict[str, Any]:
    """group -> values, of the vocabulary file."""
    files = library.loaded.get("vocabulary", [])
    return files[0].record.root if files else {}
