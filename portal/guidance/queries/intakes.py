"""Reads of imports of official texts."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.core.errors import NotFound
from portal.guidance.models import IntakeLine, ProvisionText, TextIntake, TextKind


def intakes(organisation_key: str | None) -> QuerySet[TextIntake]:
    """The imports of an organisation, newest first, with their laws; None is everybody's, for the operator."""
    rows = TextIntake.objects.select_related("instrument")
    return rows if organisation_key is None else rows.filter(organisation_key=organisation_key)


def intake(organisation_key: str | None, pk: int) -> TextIntake:
    """One of them. NotFound for those of others."""
    row = intakes(organisation_key).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("There is no such import here."))
    return row


def lines_of(row: TextIntake, what: str = "") -> QuerySet[IntakeLine]:
    """What an import does, one line a provision in the order of reading, without the words; of one kind, or all."""
    lines = IntakeLine.objects.filter(intake=row).defer("body")
    return lines.filter(what=what) if what else lines


def text_before(row: TextIntake, label: str) -> ProvisionText | None:
    """The official text of a provision on the first day of an import, as it was before the import."""
    texts = ProvisionText.objects.filter(
        provision__key=f"{row.instrument.key}/{label}",
        language=row.language,
        kind=TextKind.OFFICIAL,
        valid_from__lte=row.valid_from,
    ).exclude(recorded_by=row)
    texts = texts.filter(retired_by=row) if row.applied_at else texts.filter(retired_at=None)
    return next(
        (text for text in texts.order_by("-valid_from") if not text.valid_until or text.valid_until > row.valid_from),
        None,
    )
