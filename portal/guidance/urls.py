from django.urls import path

from portal.guidance import views

app_name = "guidance"
urlpatterns = [
    path("laws/", views.laws, name="laws"),
    path("laws/<str:key>/", views.law, name="law"),
    path("laws/<str:key>/law.pdf", views.law_pdf, name="law_pdf"),
    path("laws/<str:key>/<str:label>/provision.pdf", views.provision_pdf, name="provision_pdf"),
    path("laws/<str:key>/compare/", views.comparison, name="comparison"),
    path("laws/<str:key>/record/", views.record, name="record"),
    path("laws/<str:key>/<str:label>/compare/", views.provision_comparison, name="provision_comparison"),
    path("laws/<str:key>/<str:label>/", views.provision, name="provision"),
    path("guidelines/", views.guidelines, name="guidelines"),
    path("guidelines/<slug:slug>/", views.guideline, name="guideline"),
    path("guidelines/<slug:slug>/editions/", views.guideline_editions, name="guideline_editions"),
    path("guidelines/<slug:slug>/compare/", views.guideline_comparison, name="guideline_comparison"),
    path("guidelines/<slug:slug>/<int:number>/", views.guideline_edition, name="guideline_edition"),
    path("guidelines/<slug:slug>/<int:number>/guideline.pdf", views.guideline_pdf, name="guideline_pdf"),
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/<str:slug>/", views.term, name="term"),
    path("timeline/", views.timeline, name="timeline"),
    path("red-flags/", views.red_flags, name="red_flags"),
    path("red-flags/seen/", views.red_flags_seen, name="red_flags_seen"),
    path("red-flags/<slug:slug>/", views.red_flag, name="red_flag"),
]
