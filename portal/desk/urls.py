from django.urls import path

from portal.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("keys/", views.keys, name="keys"),
    path("preview/", views.preview, name="preview"),
    path("notices/new/", views.draft, name="draft"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/edit/", views.revise, name="revise"),
    path("notices/<int:pk>/history/", views.history, name="history"),
    path("notices/<int:pk>/submit/", views.submit, name="submit"),
    path("notices/<int:pk>/return/", views.return_to_draft, name="return_to_draft"),
    path("notices/<int:pk>/approve/", views.approve, name="approve"),
    path("notices/<int:pk>/publish/", views.publish, name="publish"),
    path("notices/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("notices/<int:pk>/correct/", views.correct, name="correct"),
]
