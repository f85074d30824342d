"""Courses and their versions, the question bank, people's learning, certificates.

What a person has relied on never changes: versions are immutable once used, attempts and answers are only added to,
a certificate keeps its payload as issued.
"""

from portal.courses.models.bank import BankQuestion, PoolQuestion, QuestionKind, QuestionVersion
from portal.courses.models.certificates import Certificate, CertificateEvent, CertificateState, EventKind
from portal.courses.models.courses import Course, CourseVersion, LessonText, LessonVersion
from portal.courses.models.learning import (
    Attempt,
    AttemptState,
    Enrolment,
    EnrolmentSource,
    LessonRead,
    Mark,
    Paper,
    PaperItem,
    Response,
)

__all__ = [
    "Attempt",
    "AttemptState",
    "BankQuestion",
    "Certificate",
    "CertificateEvent",
    "CertificateState",
    "Course",
    "CourseVersion",
    "Enrolment",
    "EnrolmentSource",
    "EventKind",
    "LessonRead",
    "LessonText",
    "LessonVersion",
    "Mark",
    "Paper",
    "PaperItem",
    "PoolQuestion",
    "QuestionKind",
    "QuestionVersion",
    "Response",
]
