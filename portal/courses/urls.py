from django.urls import path

from portal.courses.views import catalogue, certificates, learning, testing, training

app_name = "courses"
urlpatterns = [
    path("courses/", catalogue.courses, name="courses"),
    path("courses/<str:slug>/", catalogue.course, name="course"),
    path("courses/<str:slug>/enrol/", learning.enrol, name="enrol"),
    path("courses/<str:slug>/<int:number>/", catalogue.lesson, name="lesson"),
    path("courses/<str:slug>/v<int:version>/<int:number>/", catalogue.lesson_version, name="lesson_version"),
    path("learning/", learning.learning, name="learning"),
    path("learning/<int:pk>/<int:number>/read/", learning.read_lesson, name="read_lesson"),
    path("learning/<int:pk>/test/", testing.test, name="test"),
    path("tests/<int:pk>/<int:position>/", testing.question, name="question"),
    path("tests/<int:pk>/review/", testing.review, name="review"),
    path("tests/<int:pk>/result/", testing.result, name="result"),
    path("certificates/<str:serial>/", certificates.certificate, name="certificate"),
    path("certificates/<str:serial>/pdf/", certificates.certificate_pdf, name="certificate_pdf"),
    path("verify/", certificates.verify, name="verify"),
    path("verify/<str:token>/", certificates.verification, name="verification"),
    path("training/", training.training, name="training"),
    path("training/enrol/", training.enrol_members, name="enrol_members"),
    path("training/<int:pk>/", training.learner, name="learner"),
    path("training/certificates/<str:serial>/revoke/", training.revoke, name="revoke"),
]
