"""Addresses without a language: for machines."""

from django.contrib.sitemaps import views as maps
from django.urls import path
from django.views.decorators.cache import cache_control

from portal.pages import health, views
from portal.pages.sitemaps import SITEMAPS

urlpatterns = [
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", cache_control(public=True, max_age=3600)(maps.index), {"sitemaps": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<section>.xml",
        cache_control(public=True, max_age=3600)(maps.sitemap),
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
]
