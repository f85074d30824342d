"""Addresses: public pages, people's work, and what is taken away."""

from django.urls import path

from portal.assessments import views

app_name = "assessments"
urlpatterns = [
    path("assess/", views.start, name="start"),
    path("check/", views.quick_check, name="quick_check"),
    path("frameworks/<slug:slug>/", views.framework, name="framework"),
    path("questionnaires/<slug:slug>/", views.questionnaire, name="questionnaire"),
    path("assessments/", views.assessments, name="assessments"),
    path("assessments/new/", views.new, name="new"),
    path("assessments/from-check/", views.from_check, name="from_check"),
    path("assessments/<uuid:ref>/", views.assessment, name="assessment"),
    path("assessments/<uuid:ref>/sections/<str:label>/", views.section, name="section"),
    path("assessments/<uuid:ref>/sections/<str:label>/delegate/", views.delegate, name="delegate"),
    path("assessments/<uuid:ref>/answers/<str:label>/", views.answer, name="answer"),
    path("assessments/<uuid:ref>/answers/<str:label>/history/", views.history, name="history"),
    path("assessments/<uuid:ref>/delegations/<int:pk>/hand-back/", views.hand_back, name="hand_back"),
    path(
        "assessments/<uuid:ref>/delegations/<int:pk>/withdraw/", views.withdraw_delegation, name="withdraw_delegation"
    ),
    path("assessments/<uuid:ref>/submit/", views.submit, name="submit"),
    path("assessments/<uuid:ref>/review/", views.review, name="review"),
    path("assessments/<uuid:ref>/reopen/", views.reopen, name="reopen"),
    path("assessments/<uuid:ref>/close/", views.close, name="close"),
    path("assessments/<uuid:ref>/result/", views.result, name="result"),
    path("assessments/<uuid:ref>/report.pdf", views.report_pdf, name="report_pdf"),
    path("assessments/<uuid:ref>/answers.xlsx", views.answers_xlsx, name="answers_xlsx"),
]
