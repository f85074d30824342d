"""The permission vocabulary and the audit trail, in words."""

from django.utils.translation import gettext_lazy as _

from portal.organisations.models import ROLES_OF_KIND
from portal.organisations.permissions import ALLOWED

ACTIONS = {
    "organisation.read": _("see the organisation"),
    "member.read": _("see its members"),
    "assessment.read": _("read assessments"),
    "training.read": _("read training records"),
    "reading.read": _("see who has read what they were asked to read"),
    "audit.read": _("read the audit trail"),
    "course.take": _("take courses"),
    "organisation.manage": _("change settings and roles, close the organisation"),
    "member.invite": _("invite people"),
    "member.remove": _("remove people"),
    "token.manage": _("make and revoke API tokens"),
    "assessment.start": _("start assessments"),
    "assessment.answer": _("answer"),
    "assessment.contribute": _("answer the sections given to them"),
    "assessment.delegate": _("give sections to others"),
    "assessment.submit": _("submit assessments"),
    "assessment.review": _("review assessments"),
    "training.assign": _("assign training"),
    "training.teach": _("run courses and sessions"),
    "reading.ask": _("ask others to read something and to say that they have"),
    "notice.read": _("read notices before they are published"),
    "notice.draft": _("draft notices"),
    "notice.review": _("review notices"),
    "notice.publish": _("publish notices drafted by others"),
    "notice.withdraw": _("withdraw notices"),
    "text.read": _("see imports of official texts"),
    "text.import": _("hand in official texts and see what they would change"),
    "text.publish": _("take official texts in, and back"),
}
OF_KIND = {
    "firm": {"assessment", "training", "reading", "course", "organisation", "member", "audit", "token"},
    "authority": {"notice", "text", "reading", "course", "organisation", "member", "audit", "token"},
    "provider": {"training", "reading", "course", "organisation", "member", "audit", "token"},
}
EVENTS = {
    "organisation.founded": _("Organisation founded"),
    "organisation.renamed": _("Organisation renamed"),
    "organisation.closed": _("Organisation closed"),
    "member.invited": _("Person invited"),
    "member.invited_again": _("Invitation sent again"),
    "member.invitation_revoked": _("Invitation taken back"),
    "member.joined": _("Person joined"),
    "member.role_changed": _("Role changed"),
    "member.removed": _("Person removed"),
    "member.left": _("Person left"),
    "token.made": _("API token made"),
    "token.revoked": _("API token revoked"),
    "notice.drafted": _("Notice drafted"),
    "notice.revised": _("Notice revised"),
    "notice.submitted": _("Notice sent to review"),
    "notice.returned": _("Notice returned to draft"),
    "notice.approved": _("Notice approved"),
    "notice.scheduled": _("Notice scheduled"),
    "notice.published": _("Notice published"),
    "notice.failed": _("Notice could not be published"),
    "notice.withdrawn": _("Notice withdrawn"),
    "notice.corrected": _("Notice corrected"),
    "text.received": _("Official text handed in"),
    "text.refused": _("Official text refused"),
    "text.decided": _("Official text sent to be taken in"),
    "text.discarded": _("Official text put aside"),
    "text.taken_in": _("Official text taken in"),
    "text.taken_back": _("Official text taken back"),
    "assessment.started": _("Assessment started"),
    "assessment.begun": _("Answering begun"),
    "assessment.delegated": _("Section given to a colleague"),
    "assessment.submitted": _("Assessment submitted"),
    "assessment.remarked": _("Remarks on an assessment"),
    "assessment.returned": _("Assessment returned"),
    "assessment.approved": _("Assessment approved"),
    "assessment.reopened": _("Assessment reopened"),
    "assessment.closed": _("Assessment closed"),
    "course.enrolled": _("Enrolled in a course"),
    "lesson.read": _("Lesson read"),
    "attempt.started": _("Test started"),
    "attempt.submitted": _("Test submitted"),
    "certificate.issued": _("Certificate issued"),
    "certificate.revoked": _("Certificate revoked"),
    "reading.asked": _("Asked to read"),
    "reading.asked_again": _("Asked to read again after a change"),
    "reading.withdrawn": _("Reading request withdrawn"),
    "reading.acknowledged": _("Read and acknowledged"),
    "permission.refused": _("Permission refused"),
}


def roles(kind: str) -> list[tuple[str, str, list[str]]]:
    """(role, its name, what it may do) for a kind of organisation."""
    nouns = OF_KIND[kind]
    return [
        (
            role.value,
            str(role.label),
            [str(words) for action, words in ACTIONS.items() if action in ALLOWED[role] and _noun(action) in nouns],
        )
        for role in ROLES_OF_KIND[kind]
    ]


def _noun(action: str) -> str:
    return action.partition(".")[0]


def event(name: str) -> str:
    """What an event of the trail is called; those of other apps that have no words yet, as they are."""
    return str(EVENTS.get(name, name.replace(".", ": ").replace("_", " ")))
