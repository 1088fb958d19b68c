"""Who looks at films before they are shown, and whose verdict does what."""

from enum import StrEnum

from pydantic import Field

from showsondemand.setting_sources import Subject


class AnalyserName(StrEnum):
    """Who looks at films before people do."""

    NONE = "none"
    TECHNICAL = "technical"
    REKOGNITION = "rekognition"


class ReviewPolicy(StrEnum):
    """What the approval of a program may do: nothing but advise, or publish."""

    HUMAN = "human"
    ANALYSER = "analyser"


class ReviewSettings(Subject):
    own: bool | None = Field(None, validation_alias="ALLOW_OWN_REVIEW")
    analyser: AnalyserName = Field(AnalyserName.TECHNICAL, validation_alias="ANALYSER")
    policy: ReviewPolicy = Field(ReviewPolicy.HUMAN, validation_alias="REVIEW_POLICY")
    threshold: float = Field(0.5, ge=0, le=1, validation_alias="REVIEW_THRESHOLD")

    @property
    def agents_publish_from(self) -> float | None:
        """How sure a program has to be that a film is clean to publish it; ``None`` when none may."""
        return self.threshold if self.policy is ReviewPolicy.ANALYSER else None

    def own_allowed(self, *, production: bool) -> bool:
        """Whether somebody may approve what they brought in; where nothing is said, only outside production."""
        return not production if self.own is None else self.own
