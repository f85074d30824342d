"""Frameworks and questionnaires as published; assessments and everything that people say in them."""

from portal.assessments.models.answers import Answer, AnswerEvent, Channel, ReviewKind, ReviewNote
from portal.assessments.models.assessments import OPEN_STATES, Assessment, Delegation, DelegationState, State
from portal.assessments.models.frameworks import Element, Framework, FrameworkVersion, Requirement
from portal.assessments.models.questionnaires import (
    NOT_APPLICABLE,
    Option,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    QuestionRequirement,
    QuestionType,
    Section,
)

__all__ = [
    "NOT_APPLICABLE",
    "OPEN_STATES",
    "Answer",
    "AnswerEvent",
    "Assessment",
    "Channel",
    "Delegation",
    "DelegationState",
    "Element",
    "Framework",
    "FrameworkVersion",
    "Option",
    "Question",
    "QuestionRequirement",
    "QuestionType",
    "Questionnaire",
    "QuestionnaireVersion",
    "Requirement",
    "ReviewKind",
    "ReviewNote",
    "Section",
    "State",
]
