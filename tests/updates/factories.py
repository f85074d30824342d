"""Rows of updates for tests."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.controls.models import Jurisdiction
from portal.core.signals import Change, published
from portal.core.texts import i18n
from portal.references.models import Label
from portal.updates import actions
from portal.updates.models import ChangeEvent, Frequency, Subscriber, Subscription
from tests.factories import UserFactory


def vocabulary() -> None:
    """Two jurisdictions and two topics to choose from."""
    for code, name, chinese in [("cn", "China", "中国"), ("us", "United States", "美国")]:
        Jurisdiction.objects.create(code=code, name=i18n({"en": name, "zh-hans": chinese}))
    for place, (value, words, chinese) in enumerate([("end-use", "End use", "最终用途"), ("space", "Space", "航天")]):
        Label.objects.create(group="topics", value=value, label=i18n({"en": words, "zh-hans": chinese}), position=place)


def visitor(
    address: str,
    *,
    frequency: str = Frequency.AT_ONCE,
    language: str = "en",
    **filters: Iterable[str],
) -> Subscription:
    """Somebody without an account who follows something since an hour ago, confirmed."""
    subscription = actions.sign_up(address, filters=filters, frequency=frequency, language=language)
    then = timezone.now() - timedelta(hours=1)
    Subscription.objects.filter(pk=subscription.pk).update(confirmed_at=then, created_at=then, asked_at=then)
    Subscriber.objects.filter(pk=subscription.subscriber_id).update(confirmed_at=then)
    subscription.refresh_from_db()
    return subscription


def member(*, frequency: str = Frequency.AT_ONCE, user: Any = None, **filters: Iterable[str]) -> Subscription:
    """A person with an account who follows something."""
    user = user or UserFactory()
    return actions.follow(user, filters=filters, frequency=frequency, by=user.actor)


def change(key: str = "notice/one", **fields: Any) -> ChangeEvent:
    """Something published; heard through the signal, as in life."""
    given: dict[str, Any] = {
        "kind": "notice",
        "what": "published",
        "title": {"en": f"Title of {key}", "zh-hans": f"{key} 的标题"},
        "summary": {"en": "What it says.", "zh-hans": "内容摘要。"},
        "jurisdictions": ("cn",),
        "topics": ("end-use",),
    }
    given |= fields
    published.send(sender=None, keys=[key], changes=[Change(key=key, **given)])
    return ChangeEvent.objects.get(key=key, version=given.get("version", "1"), what=given["what"])
