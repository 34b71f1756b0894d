"""Which memories answer a question, the likeliest first."""

from memory.relevance.candidate import Candidate, Statistics
from memory.relevance.question import Question, question
from memory.relevance.rank import Scored, rank, worth
from memory.relevance.weights import WEIGHTS, Calibration, Weights, weights

__all__ = [
    "WEIGHTS",
    "Calibration",
    "Candidate",
    "Question",
    "Scored",
    "Statistics",
    "Weights",
    "question",
    "rank",
    "weights",
    "worth",
]
