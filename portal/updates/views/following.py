"""Following and leaving."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.core.actors import Actor
from portal.core.errors import PortalError
from portal.organisations.requests import SignedInRequest
from portal.updates import actions, limits, queries
from portal.updates.forms import FollowForm, FrequencyForm, SignUpForm
from portal.updates.models import Facet, Subscriber, Subscription


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """What can be followed. `?jurisdiction=cn&kind=case` ticks the boxes beforehand."""
    user = request.user if isinstance(request.user, User) else None
    form_class = FollowForm if user else SignUpForm
    words = queries.words()
    if request.method == "POST":
        form = form_class(request.POST, words=words)
        if form.is_valid():
            return _follow(request, user, form) if user else _sign_up(request, form)
    else:
        form = form_class(words=words, initial=_ticked(request))
    return render(request, "updates/follow.html", {"form": form}, status=422 if form.errors else 200)


def _ticked(request: HttpRequest) -> dict[str, object]:
    given: dict[str, object] = {facet: request.GET.getlist(facet) for facet in Facet.values}
    if frequency := request.GET.get("frequency"):
        given["frequency"] = frequency
    return given


def _follow(request: HttpRequest, user: User, form: FollowForm) -> HttpResponse:
    actions.follow(user, filters=form.filters, frequency=form.cleaned_data["frequency"], by=user.actor)
    messages.success(request, _("You follow this now."))
    return redirect("updates:subscriptions")


def _sign_up(request: HttpRequest, form: FollowForm) -> HttpResponse:
    """The same answer for every address, also for one that was asked too often: nobody learns who reads here."""
    if not limits.allow("visitor", limits.client_address(request), times=20):
        form.add_error(None, _("Too many sign-ups from your network. Please try again in an hour."))
        return render(request, "updates/follow.html", {"form": form}, status=429)
    data = form.cleaned_data
    if limits.allow("address", data["email"], times=3):
        actions.sign_up(data["email"], filters=form.filters, frequency=data["frequency"], language=data["language"])
    return redirect("updates:check_mail")


@require_safe
def check_mail(request: HttpRequest) -> HttpResponse:
    """After signing up: look into the mailbox."""
    return render(request, "updates/check_mail.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail that asks. Opening it shows a button; mail scanners open links, people press buttons."""
    if request.method == "POST":
        subscription = actions.confirm(token)
        return render(request, "updates/confirmed.html", {"subscriber": subscription.subscriber})
    subscription, frequency = actions.read_confirmation(token)
    described = queries.words().describe(subscription)
    subscription.frequency = frequency
    return render(request, "updates/confirm.html", {"subscription": subscription, "described": described})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """What a visitor follows, opened by the token of their mails."""
    subscriber = queries.subscriber_by_token(token)
    if request.method == "POST":
        _change(request, subscriber, Actor(f"subscriber:{subscriber.pk}", "Visitor"))
        return redirect("updates:manage", token=token)
    return _list(request, subscriber, reverse("updates:manage", kwargs={"token": token}))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscriptions(request: SignedInRequest) -> HttpResponse:
    """What a person with an account follows."""
    subscriber = queries.subscriber_of(request.user)
    if request.method == "POST":
        if subscriber is not None:
            _change(request, subscriber, request.user.actor)
        return redirect("updates:subscriptions")
    return _list(request, subscriber, reverse("updates:subscriptions"))


@login_required
@require_POST
def subscription(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change how often one own subscription is told, or end it."""
    subscriber = get_object_or_404(Subscriber, user=request.user)
    _change_one(request, get_object_or_404(queries.following(subscriber), pk=pk), request.user.actor)
    return redirect("updates:subscriptions")


def _list(request: HttpRequest, subscriber: Subscriber | None, action: str) -> HttpResponse:
    rows = list(queries.following(subscriber)) if subscriber else []
    words = queries.words() if rows else queries.Words()
    lines = [
        (row, words.describe(row), FrequencyForm(initial={"frequency": row.frequency}, auto_id=f"s{row.pk}-%s"))
        for row in rows
    ]
    context = {"subscriber": subscriber, "lines": lines, "action": action}
    return render(request, "updates/subscriptions.html", context)


def _change(request: HttpRequest, subscriber: Subscriber, by: Actor) -> None:
    """One of the buttons of the list: `stop` everything, or something about one subscription."""
    if "stop" in request.POST:
        actions.stop_all(subscriber, by=by)
        messages.success(request, _("You will get no more mail."))
        return
    number = request.POST.get("subscription", "")
    row = queries.following(subscriber).filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if row is None:
        raise PortalError(_("This subscription has ended already."))
    _change_one(request, row, by)


def _change_one(request: HttpRequest, row: Subscription, by: Actor) -> None:
    if "end" in request.POST:
        actions.end(row, by=by)
        messages.success(request, _("You do not follow this any more."))
        return
    form = FrequencyForm(request.POST)
    if not form.is_valid():
        raise PortalError(_("Choose how often."))
    actions.change_frequency(row, frequency=form.cleaned_data["frequency"], by=by)
    messages.success(request, _("Changed."))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop all mail, by the token of one delivery. POST does it, from a mail program too (RFC 8058); GET asks."""
    delivery = queries.delivery_by_token(token)
    if request.method == "POST":
        actions.stop_all(delivery.subscriber)
    return render(
        request,
        "updates/unsubscribe.html",
        {"subscriber": delivery.subscriber, "done": delivery.subscriber.unsubscribed_at or request.method == "POST"},
    )
