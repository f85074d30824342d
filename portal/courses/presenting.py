"""How learning and certificates are put into words, on pages and on paper."""

import datetime as dt
from typing import Any

import segno
from django.conf import settings
from django.utils import formats, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.core import texts
from portal.core.dates import today
from portal.courses import queries
from portal.courses.models import Certificate, CertificateState, PaperItem
from portal.references import rendering

KINDS = {
    CertificateState.VALID: "good",
    CertificateState.EXPIRED: "over",
    CertificateState.SUPERSEDED: "neutral",
    CertificateState.REVOKED: "attention",
}
State = tuple[str, str]
"""A word and its kind, as `{% state %}` takes them."""


def certificate_state(certificate: Certificate, on: dt.date | None = None) -> State:
    """Where a certificate stands, as a word."""
    state = certificate.state(on or today())
    return str(state.label), KINDS[state]


def progress_state(progress: queries.Progress) -> State:
    """Where somebody stands with a course, as a word."""
    if progress.certificate is not None:
        word, kind = certificate_state(progress.certificate)
        return (_("Passed"), "good") if kind in {"good", "neutral"} else (word, kind)
    if progress.running is not None:
        return _("Test in progress"), "pending"
    if progress.exhausted:
        return _("All attempts used"), "attention"
    if not progress.enrolment.open:
        return _("Round ended without passing"), "over"
    if progress.read or progress.attempts:
        return _("Learning"), "pending"
    return _("Not begun"), "neutral"


# --- The result ------------------------------------------------------------------------------------


def answered(items: list[PaperItem], chosen: dict[int, list[str]]) -> list[dict[str, Any]]:
    """Each question of a finished attempt with what was chosen, what was right and why; one query."""
    explanations = rendering.render_many(texts.pick(item.question.explanation)[0] for item in items)
    return [
        {
            "position": item.position,
            "lesson": item.question.lesson,
            "text": item.question.text,
            "right": set(chosen.get(item.position, [])) == set(item.question.correct),
            "answered": item.position in chosen,
            "options": options(item, chosen.get(item.position, [])),
            "explanation": explanation,
            "language": texts.pick(item.question.explanation)[1],
        }
        for item, explanation in zip(items, explanations, strict=True)
    ]


def options(item: PaperItem, chosen: list[str]) -> list[dict[str, Any]]:
    """The options of a question in the order of the paper."""
    by_label = {option["label"]: option["text"] for option in item.question.options}
    return [
        {
            "label": label,
            "text": by_label[label],
            "chosen": label in chosen,
            "correct": label in item.question.correct,
        }
        for label in item.order
    ]


# --- The certificate -------------------------------------------------------------------------------


def public_address(certificate: Certificate) -> str:
    """The address of the public page, as it stands on paper: without a language, so in English."""
    with translation.override("en"):
        return settings.SITE_URL + certificate.get_absolute_url()


def code(certificate: Certificate) -> SafeString:
    """A QR code of the public address as SVG without styles."""
    made = segno.make(public_address(certificate), error="m", micro=False)
    return mark_safe(made.svg_inline(scale=4, border=2, light="#ffffff", omitsize=True))


def sheet(certificate: Certificate) -> dict[str, Any]:
    """What the certificate says, in both languages, from the payload as issued."""
    payload = certificate.payload
    course = payload["course"]
    both = {"en": "en", "zh": "zh-hans"}
    issued = dt.date.fromisoformat(payload["issued_on"])
    until = dt.date.fromisoformat(payload["valid_until"]) if payload["valid_until"] else None
    return {
        **{name: payload[name] for name in ("serial", "person", "organisation", "issuer", "score", "pass_mark")},
        "version": course["version"],
        "minutes": course["minutes"],
        "title": {short: _in(course["title"], language) for short, language in both.items()},
        "objectives": [
            {short: _in(objective, language) for short, language in both.items()} for objective in course["objectives"]
        ],
        "issued_on": {short: _day(issued, language) for short, language in both.items()},
        "valid_until": {short: _day(until, language) for short, language in both.items()} if until else None,
        "address": public_address(certificate),
        "sha256": certificate.payload_sha256,
    }


def paper(certificate: Certificate) -> dict[str, Any]:
    """The sheet with its QR code as text, for the PDF."""
    made = segno.make(public_address(certificate), error="m", micro=False)
    return {
        **sheet(certificate),
        "code": made.svg_inline(border=0).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"'),
    }


def _in(text: dict[str, str], language: str) -> str:
    return texts.pick(text, language)[0]


def _day(day: dt.date, language: str) -> str:
    with translation.override(language):
        return formats.date_format(day, "DATE_FORMAT")
