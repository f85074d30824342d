"""All addresses of the site. Public pages carry the language (English without a prefix, /zh-hans/ for Chinese)."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

handler403 = "portal.pages.views.forbidden"
handler404 = "portal.pages.views.not_found"
handler500 = "portal.pages.views.broken"

# Operators sign in where everybody does: with the limits on tries, and with their second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("portal.pages.plain_urls")),
    path("api/v1/", include("portal.api.urls")),
    path("administration/", admin.site.urls),
    *i18n_patterns(
        path("", include("portal.references.urls")),
        path("", include("portal.pages.urls")),
        path("", include("portal.controls.urls")),
        path("", include("portal.guidance.urls")),
        path("", include("portal.cases.urls")),
        path("", include("portal.notices.urls")),
        path("", include("portal.search.urls")),
        path("", include("portal.updates.urls")),
        path("", include("portal.assessments.urls")),
        path("", include("portal.courses.urls")),
        path("", include("portal.reading.urls")),
        path("", include("portal.organisations.urls")),
        path("account/", include("portal.accounts.urls")),
        path("account/", include("allauth.urls")),
        path("desk/", include("portal.desk.urls")),
        path("developers/", include("portal.api.developers_urls")),
        prefix_default_language=False,
    ),
]

if settings.MAILBOX_PAGE:
    urlpatterns.insert(0, path("mailbox/", include("portal.pages.mailbox_urls")))
