"""Notices in any state, written through their actions, and rules that they can cite."""

import datetime as dt
from typing import Any

from portal.controls.models import Authority, Jurisdiction
from portal.core.actors import Actor
from portal.notices import actions
from portal.notices.actions import Draft, Target
from portal.notices.models import Notice
from portal.references.models import Address

ANN = Actor("user:901", "Ann")
BO = Actor("user:902", "Bo")
AUTHORITY = "authority/cn-mofcom"


def rules() -> None:
    """An authority and two rules to cite."""
    land, _ = Jurisdiction.objects.get_or_create(code="cn", defaults={"name": "China"})
    Authority.objects.get_or_create(slug="cn-mofcom", defaults={"jurisdiction": land, "name": "MOFCOM"})
    rows = [(AUTHORITY, "authority", "controls:authority", {"slug": "cn-mofcom"})]
    rows += [(f"cn-ecl/art-{n}", "provision", "pages:home", {}) for n in (12, 13)]
    for key, kind, route, arguments in rows:
        Address.objects.get_or_create(
            key=key, defaults={"kind": kind, "title": f"Title of {key}", "route": route, "arguments": arguments}
        )


def words(**changes: Any) -> Draft:
    """A whole draft."""
    fields: dict[str, Any] = {
        "kind": "rule",
        "title": {"en": "New licence form", "zh-hans": "新的许可证表格"},
        "summary": {"en": "A new form applies."},
        "body": {"en": "From June, [[cn-ecl/art-12|Article 12]] is applied with the new form."},
        "jurisdictions": ("cn",),
        "topics": ("licensing",),
        "effective_on": dt.date(2030, 6, 1),
        "changes": (Target("cn-ecl/art-13", {"en": "adds a form"}),),
    }
    return Draft(**(fields | changes))


def drafted(authority_key: str = AUTHORITY, by: Actor = ANN, **changes: Any) -> Notice:
    rules()
    return actions.draft(words(**changes), authority_key=authority_key, by=by, organisation_key="organisation/bureau")


def in_review(**changes: Any) -> Notice:
    row = drafted(**changes)
    actions.submit(row, by=ANN)
    return Notice.objects.get(pk=row.pk)


def published(**changes: Any) -> Notice:
    return actions.publish(in_review(**changes), by=BO)
