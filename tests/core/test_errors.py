"""A PortalError that reaches the top becomes a page with its sentence."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.accounts.models import User
from portal.core.errors import Conflict, NotAllowed, NotFound, PortalError
from portal.core.middleware import PortalErrorMiddleware
from portal.core.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(rf: RequestFactory) -> Callable[..., HttpResponse | None]:
    """What the middleware makes of an exception in a view."""

    def make(error: Exception, user: User | AnonymousUser | None = None) -> HttpResponse | None:
        request: HttpRequest = rf.get("/assessments/4/")
        request.user = user or AnonymousUser()
        request.session = {}  # type: ignore[assignment]
        request.organisation = None  # type: ignore[attr-defined]
        return PortalErrorMiddleware(lambda _: HttpResponse()).process_exception(request, error)

    return make


@pytest.mark.parametrize(
    ("error", "status"),
    [(PortalError, 400), (NotAllowed, 403), (NotFound, 404), (Conflict, 409)],
)
def test_the_sentence_is_shown_with_its_status(answer, error: type[PortalError], status: int) -> None:  # type: ignore[no-untyped-def]
    response = answer(error("The paper <was> closed."))
    assert response.status_code == status
    assert "The paper &lt;was&gt; closed." in response.content.decode()


def test_a_refused_permission_leaves_a_trace(answer, officer: User) -> None:  # type: ignore[no-untyped-def]
    answer(NotAllowed("No."), officer)
    event = AuditEvent.objects.get()
    assert (event.event, event.actor_key, event.target_key) == (
        "permission.refused",
        f"user:{officer.pk}",
        "/assessments/4/",
    )


def test_other_errors_are_left_to_django(answer) -> None:  # type: ignore[no-untyped-def]
    assert answer(ZeroDivisionError()) is None
    assert not AuditEvent.objects.exists()
