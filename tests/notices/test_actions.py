"""From draft to withdrawal: the rules of a notice."""

import contextlib
import datetime as dt
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from portal.core import signals
from portal.core.errors import Conflict, NotAllowed, PortalError
from portal.core.models import AuditEvent
from portal.notices import actions, queries
from portal.notices.models import Notice, State
from portal.references import actions as references
from portal.references.models import Address, Citation
from tests.notices.factories import ANN, BO, drafted, in_review, published, words
from tests.services import SmtpSink, Worker

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def heard() -> Iterator[list[Any]]:
    found: list[Any] = []

    def hear(sender: object, changes: list[Any], **kwargs: Any) -> None:
        found.extend(changes)

    signals.published.connect(hear)
    signals.withdrawn.connect(hear)
    yield found
    signals.published.disconnect(hear)
    signals.withdrawn.disconnect(hear)


def fresh(row: Notice) -> Notice:
    return Notice.objects.get(pk=row.pk)


def test_publishing_registers_cites_announces_and_audits(heard: list[Any]) -> None:
    row = published()
    year = timezone.now().year
    assert row.key == f"notice/cn-mofcom-{year}-0001"
    assert Address.objects.get(key=row.key).get_absolute_url() == f"/notices/cn-mofcom-{year}-0001/"
    cited = set(Citation.objects.filter(source_key=row.key).values_list("target_key", "role"))
    assert cited == {("cn-ecl/art-13", "amends"), ("cn-ecl/art-12", "basis"), ("authority/cn-mofcom", "basis")}
    (change,) = heard
    assert (change.kind, change.what, change.jurisdictions, change.topics) == (
        "notice",
        "published",
        ("cn",),
        ("licensing",),
    )
    assert change.effective_on == dt.date(2030, 6, 1)
    event = AuditEvent.objects.get(event="notice.published")
    assert (event.actor_key, event.target_key, event.organisation_key) == (BO.key, row.key, "organisation/bureau")
    assert (row.published_by, row.reviewed_by) == ("Bo", "Bo")


def test_publishing_twice_is_publishing_once(heard: list[Any]) -> None:
    row = published()
    assert actions.publish(row, by=BO).slug == row.slug
    assert len(heard) == 1


def test_numbers_count_for_each_authority() -> None:
    one, two = published(), published()
    Address.objects.create(key="authority/de-bafa", kind="authority", title="BAFA", route="pages:home")
    other = published(authority_key="authority/de-bafa")
    assert [one.number, two.number, other.number] == [1, 2, 1]
    assert other.slug.startswith("de-bafa-")


def test_four_eyes() -> None:
    row = in_review()
    for refused in [
        lambda: actions.publish(row, by=ANN),
        lambda: actions.approve(row, by=ANN),
        lambda: actions.schedule(row, at=timezone.now() + HOUR, by=ANN),
    ]:
        with pytest.raises(NotAllowed, match="second person"):
            refused()
    assert fresh(row).state == State.IN_REVIEW


def test_the_last_editor_counts_not_the_first() -> None:
    row = drafted()
    actions.revise(row, words(), revision=1, by=BO)
    actions.submit(row, by=ANN)
    with pytest.raises(NotAllowed):
        actions.publish(row, by=BO)
    assert actions.publish(row, by=ANN).state == State.PUBLISHED


def test_drafts_cannot_be_published_unseen() -> None:
    with pytest.raises(Conflict, match="Draft"):
        actions.publish(drafted(), by=BO)


def test_two_editors_at_once() -> None:
    row = drafted()
    actions.revise(row, words(title={"en": "Bo's"}), revision=1, by=BO)
    with pytest.raises(Conflict, match="Bo changed"):
        actions.revise(row, words(title={"en": "Ann's"}), revision=1, by=ANN)
    assert str(fresh(row)) == "Bo's"
    assert [step.content["title"]["en"] for step in row.steps.all()] == ["Bo's", "New licence form"]


@pytest.mark.parametrize(
    ("changes", "dead"),
    [
        ({"body": {"en": "See [[cn-ecl/art-99]]."}}, "cn-ecl/art-99"),
        ({"body": {"en": "x", "zh-hans": "见[[cn-ecl/art-98]]"}}, "cn-ecl/art-98"),
        ({"changes": (actions.Target("us-ear/none"),)}, "us-ear/none"),
        ({"supersedes": "notice/none"}, "notice/none"),
    ],
)
def test_dead_keys_are_named(changes: dict[str, Any], dead: str) -> None:
    row = drafted(**changes)
    with pytest.raises(PortalError, match=dead):
        actions.submit(row, by=ANN)
    assert fresh(row).state == State.DRAFT


def test_a_notice_needs_a_text() -> None:
    with pytest.raises(PortalError, match="a text"):
        actions.submit(drafted(body={}), by=ANN)


def test_returning_needs_words_from_others() -> None:
    row = in_review()
    with pytest.raises(PortalError, match="what is to be changed"):
        actions.return_(row, words=" ", by=BO)
    actions.return_(row, words="Name the form.", by=BO)
    assert row.steps.first().words == "Name the form."
    actions.submit(row, by=ANN)
    actions.return_(row, words="", by=ANN)
    assert fresh(row).state == State.DRAFT


def test_approval_is_kept_until_the_words_change() -> None:
    row = in_review()
    actions.approve(row, by=BO)
    assert fresh(row).reviewed_by == "Bo"
    actions.return_(row, words="again", by=BO)
    assert fresh(row).reviewed_by == ""


def test_published_words_cannot_be_changed() -> None:
    row = published()
    with pytest.raises(Conflict, match="Published"):
        actions.revise(row, words(), revision=row.revision, by=ANN)
    with pytest.raises(Conflict, match="Published"):
        actions.return_(row, words="x", by=BO)


def test_corrections_are_added(heard: list[Any]) -> None:
    row = published()
    actions.correct(row, words={"en": "July, not June."}, by=BO)
    with pytest.raises(PortalError, match="what is corrected"):
        actions.correct(row, words={}, by=BO)
    assert [(change.what, change.version) for change in heard] == [("published", "1"), ("changed", "2")]
    assert fresh(row).body.data["en"].startswith("From June")


def test_withdrawing(heard: list[Any]) -> None:
    row = published()
    with pytest.raises(PortalError, match="reason"):
        actions.withdraw(row, because={}, by=BO)
    actions.withdraw(row, because={"en": "Replaced by law."}, by=BO)
    assert Address.objects.get(key=row.key).withdrawn_on is not None
    assert heard[-1].what == "withdrawn"
    with pytest.raises(Conflict, match="Withdrawn"):
        actions.withdraw(row, because={"en": "x"}, by=BO)


def test_superseding() -> None:
    old = published()
    new = published(supersedes=old.key)
    assert queries.superseded_by(old) == new
    assert Citation.objects.filter(source_key=new.key, target_key=old.key, role="amends").exists()


# --- The schedule ----------------------------------------------------------------------------------


def scheduled(**changes: Any) -> Notice:
    row = in_review(**changes)
    actions.schedule(row, at=timezone.now() + HOUR, by=BO)
    return fresh(row)


def test_a_past_time_is_refused() -> None:
    with pytest.raises(PortalError, match="has passed"):
        actions.schedule(in_review(), at=timezone.now() - HOUR, by=BO)


def test_due_notices_go_out_once(heard: list[Any]) -> None:
    row = scheduled()
    assert actions.publish_due() == 0
    later = timezone.now() + 2 * HOUR
    assert [actions.publish_due(now=later), actions.publish_due(now=later)] == [1, 0]
    assert (fresh(row).state, fresh(row).published_by, len(heard)) == (State.PUBLISHED, "Bo", 1)


def test_one_that_fails_does_not_hold_the_others() -> None:
    bad, good = scheduled(body={"en": "[[cn-ecl/art-12]]"}, changes=()), scheduled(body={"en": "x"})
    Address.objects.filter(key="cn-ecl/art-12").delete()
    assert actions.publish_due(now=timezone.now() + 2 * HOUR) == 1
    assert fresh(good).state == State.PUBLISHED
    assert fresh(bad).state == State.FAILED
    assert "cn-ecl/art-12" in fresh(bad).failure
    assert fresh(bad).slug is None
    actions.revise(bad, words(body={"en": "x"}), revision=1, by=ANN)
    assert (fresh(bad).state, fresh(bad).failure) == (State.DRAFT, "")


def test_an_unexpected_error_is_a_failure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ValueError("no")

    row = scheduled()
    monkeypatch.setattr("portal.references.actions.register", broken)
    assert actions.publish_due(now=timezone.now() + 2 * HOUR) == 0
    assert (fresh(row).state, fresh(row).number) == (State.FAILED, None)


def test_the_worker_publishes_what_is_due(
    worker: Worker, smtp_sink: SmtpSink, editor: Any, publisher: Any, reviewer: Any
) -> None:
    from celery import current_app

    good, bad = scheduled(), scheduled(body={"en": "[[cn-ecl/art-12]]"}, changes=())
    bad.body = "[[gone/for-good]]"
    bad.save()
    Notice.objects.update(publish_at=timezone.now() - HOUR)
    for _ in range(2):
        current_app.send_task("notices.publish_due")
    worker.wait(lambda: fresh(good).state == State.PUBLISHED and fresh(bad).state == State.FAILED)
    worker.wait(lambda: len(smtp_sink.messages) >= 2)
    assert {mail["To"] for mail in smtp_sink.messages} == {editor.email, publisher.email}
    assert "gone/for-good" in smtp_sink.to(editor.email)[0].get_content()
    assert AuditEvent.objects.filter(event="notice.published").count() == 1


def test_a_busy_database_is_no_fault_of_the_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    row = scheduled()
    later = timezone.now() + 2 * HOUR
    with monkeypatch.context() as patched:
        patched.setattr("portal.references.actions.register", busy)
        assert actions.publish_due(now=later) == 0
    assert fresh(row).state == State.SCHEDULED
    assert actions.publish_due(now=later) == 1


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_get_two_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each holds its own notice only; without a common lock both would count the same number."""
    rows = [in_review(), in_review()]
    meeting = threading.Barrier(2)
    register = references.register

    def slowly(*args: Any) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=1)  # the second comes only once the first is through
        register(*args)

    def go_out(row: Notice) -> str:
        try:
            return actions.publish(row, by=BO).key
        finally:
            connection.close()

    monkeypatch.setattr("portal.references.actions.register", slowly)
    with ThreadPoolExecutor(2) as pool:
        keys = set(pool.map(go_out, rows))
    year = timezone.now().year
    assert keys == {f"notice/cn-mofcom-{year}-0001", f"notice/cn-mofcom-{year}-0002"}
