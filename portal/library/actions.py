"""Loading the authored library: check everything, then apply all of it in one transaction, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from portal.core import audit, dates
from portal.core.actors import LIBRARY
from portal.core.authored import Loaded
from portal.core.errors import PortalError
from portal.core.signals import Change, published, withdrawn
from portal.library import checking, fingerprints
from portal.library.files import Fault
from portal.library.models import LoadedFile, LoadRun
from portal.library.shelves import SHELVES
from portal.references import actions as references
from portal.references.authored import Shelf
from portal.references.models import Address

Progress = Callable[[str], None]


class FaultyLibrary(PortalError):
    """Files that do not pass; nothing was applied."""

    code = "faulty-library"

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)} faults in the content library; nothing was loaded.")


@dataclass(slots=True)
class Report:
    """What a run did. `counts` is shelf -> files applied."""

    loaded: int = 0
    unchanged: int = 0
    withdrawn: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def load(root: Path, *, progress: Progress = lambda words: None, everything: bool = False) -> Report:
    """Bring the rows to what the files say. Loading twice changes nothing, and the second time reads nothing.

    FaultyLibrary lists every fault. `everything` applies unchanged files too; that also happens by itself when the
    code that makes rows of files has changed since the last run.
    """
    files, loaders = fingerprints.of_files(root), fingerprints.of_loaders()
    last = LoadRun.objects.first()
    known = {row.path: row for row in LoadedFile.objects.all()}
    if last and (last.files, last.loaders) == (files, loaders) and not everything:
        return Report(unchanged=sum(row.withdrawn_on is None for row in known.values()))
    progress("Reading and checking the files")
    library = checking.read(root, SHELVES)
    if library.faults:
        raise FaultyLibrary(library.faults)
    anew = everything or (last is not None and last.loaders != loaders)
    run = _Run(library=library, known=known, progress=progress, everything=anew, files=files, loaders=loaders)
    faults = run.refusals()
    if faults:
        raise FaultyLibrary(faults)
    with transaction.atomic():
        return run.apply()


@dataclass(slots=True)
class _Run:
    library: checking.Library
    known: dict[str, LoadedFile]
    progress: Progress
    everything: bool
    files: str
    loaders: str
    report: Report = field(default_factory=Report)
    changed_keys: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def _fresh(self, shelf: Shelf) -> list[Loaded]:
        return [file for file in self.library.loaded[shelf.name] if self.everything or self._differs(file)]

    def _differs(self, file: Loaded) -> bool:
        row = self.known.get(file.path)
        return row is None or row.checksum != file.checksum or row.withdrawn_on is not None

    def refusals(self) -> list[Fault]:
        """What the rows that people rely on do not allow, such as a changed question without a new version."""
        return sorted(
            Fault(refusal.path, self.library.line(refusal.path, refusal.loc), refusal.message)
            for shelf in SHELVES
            for refusal in shelf.refusals(self._fresh(shelf))
        )

    def apply(self) -> Report:
        for shelf in SHELVES:
            self._apply_shelf(shelf)
        self._withdraw()
        self._announce()
        return self.report

    def _apply_shelf(self, shelf: Shelf) -> None:
        fresh = self._fresh(shelf)
        self.report.unchanged += len(self.library.loaded[shelf.name]) - len(fresh)
        if not fresh:
            return
        self.progress(f"{shelf.name}: {len(fresh)} files")
        changes = shelf.changes([file for file in fresh if self._differs(file)])
        shelf.apply(fresh)
        rows: list[Address] = []
        for file in fresh:
            mine = list(shelf.addresses(file))
            rows += mine
            self._forget_vanished(shelf, file.path, {row.key for row in mine})
            LoadedFile.objects.update_or_create(
                path=file.path,
                defaults={
                    "shelf": shelf.name,
                    "checksum": file.checksum,
                    "keys": [row.key for row in mine],
                    "withdrawn_on": None,
                },
            )
        references.register(rows)
        references.cite_many(
            {(citing.key, citing.version): checking.targets(citing) for file in fresh for citing in shelf.citing(file)}
        )
        self.changed_keys += [row.key for row in rows]
        self.changes += changes
        self.report.loaded += len(fresh)
        self.report.counts[shelf.name] = len(fresh)

    def _forget_vanished(self, shelf: Shelf, path: str, keys: set[str]) -> None:
        """Keys that stood in the file the last time and stand nowhere now are withdrawn."""
        row = self.known.get(path)
        vanished = {key for key in (row.keys if row else []) if key not in keys and key not in self.library.keys}
        self._withdraw_keys(shelf, vanished)

    def _withdraw(self) -> None:
        present = {file.path for files in self.library.loaded.values() for file in files}
        shelves = {shelf.name: shelf for shelf in SHELVES}
        for row in self.known.values():
            if row.path in present or row.withdrawn_on is not None or row.shelf not in shelves:
                continue
            self._withdraw_keys(shelves[row.shelf], {key for key in row.keys if key not in self.library.keys})
            row.withdrawn_on = dates.today()
            row.save(update_fields=["withdrawn_on"])

    def _withdraw_keys(self, shelf: Shelf, keys: set[str]) -> None:
        keys = keys - shelf.kept(keys)
        if keys:
            shelf.withdraw(keys, dates.today())
            references.withdraw(keys, on=dates.today())
            self.report.withdrawn += sorted(keys)

    def _announce(self) -> None:
        report = self.report
        if not report.loaded and not report.withdrawn:
            self._remember()
            return
        published.send(sender=LoadedFile, keys=self.changed_keys, changes=self.changes)
        if report.withdrawn:
            withdrawn.send(sender=LoadedFile, keys=report.withdrawn, changes=[])
        self._remember()
        audit.record("library.loaded", by=LIBRARY, target="library", loaded=report.loaded, withdrawn=report.withdrawn)

    def _remember(self) -> None:
        report = self.report
        LoadRun.objects.create(
            loaded=report.loaded,
            unchanged=report.unchanged,
            withdrawn=len(report.withdrawn),
            report={"counts": report.counts, "withdrawn": report.withdrawn},
            files=self.files,
            loaders=self.loaders,
        )
