"""Texts of laws on both clocks, for tests on the little library."""

import datetime as dt
import hashlib
from pathlib import Path

from django.db.models import F
from django.utils import timezone

from portal.guidance.models import InstrumentRecord, Provision, ProvisionText, TextKind
from portal.library import actions
from tests.library import little

LAW = "guidance/laws/cn-ecl.yaml"


def add_text(
    key: str, body: str, *, since: str, until: str | None = None, language: str = "en", kind: str = TextKind.OFFICIAL
) -> ProvisionText:
    """A text of a provision, shown from now on."""
    return ProvisionText.objects.create(
        provision=Provision.objects.get(key=key),
        language=language,
        kind=kind,
        valid_from=dt.date.fromisoformat(since),
        valid_until=dt.date.fromisoformat(until) if until else None,
        body=body,
        digest=hashlib.sha256(body.encode()).hexdigest(),
        recorded_at=timezone.now(),
    )


def as_if_shown_since(days: int) -> dt.date:
    """As if all that is here had come and gone so many days earlier; the day before today."""
    back = dt.timedelta(days=days)
    for model in (ProvisionText, InstrumentRecord):
        model.objects.update(recorded_at=F("recorded_at") - back, retired_at=F("retired_at") - back)
    return timezone.localdate() - dt.timedelta(days=1)


def changed(*changes: tuple[str, str], path: str = LAW) -> str:
    """The words of a file of the little library with some of them changed."""
    words = little.FILES[path]
    for old, new in changes:
        assert old in words
        words = words.replace(old, new)
    return words


def load_changed(folder: Path, *changes: tuple[str, str]) -> None:
    """Load the little library with some words of the law changed."""
    actions.load(little.write(folder, **{LAW: changed(*changes)}))
