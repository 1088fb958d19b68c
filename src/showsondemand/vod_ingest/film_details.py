"""What somebody may say of a film before it is a show: laid beside it in the watched folder, or sent meanwhile."""

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from showsondemand.api_model import ApiModel, Line, Time
from showsondemand.shows.schemas import Language, Series, Synopsis, Title, Words


class FilmDetails(ApiModel):
    """The fields of a show that an editor would fill in, by the names that the API has for them."""

    title: Title | None = None
    synopsis: Synopsis | None = None
    genres: Words | None = None
    tags: Words | None = None
    cast: Words | None = None
    directors: Words | None = None
    language: Language | None = None
    release_year: Annotated[int, Field(ge=1870, le=2200)] | None = None
    maturity_rating: Annotated[Line, StringConstraints(min_length=1, max_length=20)] | None = None
    series: Series | None = None
    available_from: Time | None = None
    available_until: Time | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.available_from and self.available_until and self.available_until <= self.available_from:
            raise ValueError("availableUntil must be after availableFrom")
        return self

    def kept(self) -> dict[str, Any]:
        """The form for a row."""
        return self.model_dump(mode="json", exclude_unset=True)

    def fields(self) -> dict[str, Any]:
        """What was said, the title aside, as ``admin.editing.apply_fields`` takes it."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"title"}}
