"""Analyses as JSON."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from showsondemand.admin.analyses.models import AnalysisState
from showsondemand.api_model import ApiModel, Time


class AnalysisDetail(ApiModel):
    """One program's look at a film."""

    id: UUID
    agent: str
    state: AnalysisState
    round: Annotated[int, Field(description="How often the show had been sent to review by then.")]
    failure: Annotated[str | None, Field(description="Why the program saw nothing, where it did not.")]
    review_id: UUID | None
    created_at: Time
    finished_at: Time | None


class AnalysisList(ApiModel):
    items: list[AnalysisDetail]
