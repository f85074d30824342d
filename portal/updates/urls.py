from django.urls import path

from portal.updates import views
from portal.updates.feeds import Changes

app_name = "updates"
urlpatterns = [
    path("updates/", views.follow, name="follow"),
    path("updates/check-mail/", views.check_mail, name="check_mail"),
    path("updates/confirm/<str:token>/", views.confirm, name="confirm"),
    path("updates/manage/<str:token>/", views.manage, name="manage"),
    path("updates/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("updates/subscriptions/", views.subscriptions, name="subscriptions"),
    path("updates/subscriptions/<int:pk>/", views.subscription, name="subscription"),
    path("updates/changes/", views.changes, name="changes"),
    path("updates/feeds/", views.feeds, name="feeds"),
    path("updates/runs/", views.runs, name="runs"),
    path("updates/runs/<int:pk>/", views.run, name="run"),
    path("updates/deliveries/<int:pk>/", views.delivery, name="delivery"),
    path("feeds/all.atom", Changes(), name="all_feed"),
    path("feeds/jurisdiction/<str:value>.atom", Changes(), {"facet": "jurisdiction"}, name="jurisdiction_feed"),
    path("feeds/topic/<str:value>.atom", Changes(), {"facet": "topic"}, name="topic_feed"),
    path("feeds/kind/<str:value>.atom", Changes(), {"facet": "kind"}, name="kind_feed"),
]
