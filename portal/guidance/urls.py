from django.urls import path

from portal.guidance import views

app_name = "guidance"
urlpatterns = [
    path("laws/", views.laws, name="laws"),
    path("laws/<str:key>/", views.law, name="law"),
    path("laws/<str:key>/<str:label>/", views.provision, name="provision"),
    path("guidelines/", views.guidelines, name="guidelines"),
    path("guidelines/<slug:slug>/", views.guideline, name="guideline"),
    path("guidelines/<slug:slug>/<int:number>/", views.guideline_edition, name="guideline_edition"),
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/<str:slug>/", views.term, name="term"),
    path("timeline/", views.timeline, name="timeline"),
    path("red-flags/", views.red_flags, name="red_flags"),
    path("red-flags/seen/", views.red_flags_seen, name="red_flags_seen"),
    path("red-flags/<slug:slug>/", views.red_flag, name="red_flag"),
]
