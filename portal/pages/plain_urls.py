"""Addresses without a language: for machines."""

from django.urls import path

from portal.pages import health

urlpatterns = [
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
]
