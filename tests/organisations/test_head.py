"""What the head of a page asks about the reader's organisations."""

import pytest
from django.test import RequestFactory

from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.templatetags.organisations import may, my_organisations
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def context(user: User | None, organisation: Organisation | None = None) -> dict[str, object]:
    request = RequestFactory().get("/")
    request.organisation = organisation
    if user is not None:
        request.user = user
    return {"request": request}


def test_editor_may_draft_and_auditor_may_not(
    editor: User, authority: Organisation, auditor: User, firm: Organisation
) -> None:
    assert may(context(editor, authority), "notice.draft")
    assert not may(context(auditor, firm), "notice.draft")
    assert not may(context(editor, firm), "notice.draft"), "only in their own organisation"


def test_page_without_a_request_or_person() -> None:
    assert not may({}, "notice.draft")
    assert my_organisations({}) == []
    assert my_organisations(context(None)) == []


def test_my_organisations(owner: User, firm: Organisation, other_firm: Organisation) -> None:
    MembershipFactory(organisation=other_firm, user=owner)

    assert set(my_organisations(context(owner))) == {firm, other_firm}
