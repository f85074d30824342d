from django.urls import path, re_path

from portal.api.views import cases, controls, guidance, references, root

app_name = "api"
urlpatterns = [
    path("", root.Root.as_view(), name="root"),
    path("schema/", root.Document.as_view(api_version="1"), name="schema"),
    path("docs/", root.docs, name="docs"),
    path("jurisdictions/", controls.Jurisdictions.as_view(), name="jurisdictions"),
    path("jurisdictions/<str:code>/", controls.JurisdictionItem.as_view(), name="jurisdiction"),
    path("authorities/", controls.Authorities.as_view(), name="authorities"),
    path("authorities/<str:slug>/", controls.AuthorityItem.as_view(), name="authority"),
    path("regimes/", controls.Regimes.as_view(), name="regimes"),
    path("regimes/<str:slug>/", controls.RegimeItem.as_view(), name="regime"),
    path("lists/", controls.Lists.as_view(), name="lists"),
    path("lists/<str:key>/", controls.ListItem.as_view(), name="list"),
    path("entries/", controls.Entries.as_view(), name="entries"),
    path("entries/<path:key>/", controls.EntryItem.as_view(), name="entry"),
    path("instruments/", guidance.Instruments.as_view(), name="instruments"),
    path("instruments/<str:key>/", guidance.InstrumentItem.as_view(), name="instrument"),
    path("provisions/", guidance.Provisions.as_view(), name="provisions"),
    path("provisions/<path:key>/", guidance.ProvisionItem.as_view(), name="provision"),
    path("guidelines/", guidance.Guidelines.as_view(), name="guidelines"),
    path("guidelines/<str:slug>/", guidance.GuidelineItem.as_view(), name="guideline"),
    path("guidelines/<str:slug>/editions/", guidance.Editions.as_view(), name="editions"),
    path("guidelines/<str:slug>/editions/<int:number>/", guidance.EditionItem.as_view(), name="edition"),
    path("terms/", guidance.Terms.as_view(), name="terms"),
    path("terms/<str:slug>/", guidance.TermItem.as_view(), name="term"),
    path("events/", guidance.Events.as_view(), name="events"),
    path("events/<str:slug>/", guidance.EventItem.as_view(), name="event"),
    path("cases/", cases.Cases.as_view(), name="cases"),
    path("cases/<str:slug>/", cases.CaseItem.as_view(), name="case"),
    path("citations/", references.Citations.as_view(), name="citations"),
    path("resolve/<path:key>/", references.Resolve.as_view(), name="resolve"),
    re_path(r"^(?P<rest>.*)$", root.Unknown.as_view(), name="unknown"),
]
