"""A trial of a file: how it would be read, what it holds, what is wrong with it, what to declare."""

from data.sources.trial.proposal import Proposal, propose
from data.sources.trial.trial import Trial, trial

__all__ = ["Proposal", "Trial", "propose", "trial"]
