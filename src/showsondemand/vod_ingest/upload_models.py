"""Uploads that arrive in parts, and the rules of one that need no database."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.adapters.storage.port import Arrival, Part
from showsondemand.database import Base
from showsondemand.errors import Fault
from showsondemand.vod_ingest.errors import NotAFilm, PartNotFound, UploadEnded, UploadIncomplete
from showsondemand.vod_ingest.models import one_of, source_key

PART_BYTES = 8 * 1024 * 1024  # S3 takes 5 MiB and more, and at most 10,000 parts
LIFETIME = timedelta(days=7)  # docs/security.md, limits
# A process that dies while it completes an upload lets go of it after this; one that lives says so thrice in it.
CLAIM = timedelta(seconds=10)


class UploadState(StrEnum):
    """``refused`` is a film that has arrived and is none; the others say themselves."""

    RECEIVING = "receiving"
    COMPLETED = "completed"
    REFUSED = "refused"


class Upload(Base):
    """One film on its way in. Its job has the same id, which makes completing it twice one job."""

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint(one_of(UploadState, "state"), name="state_is_known"),
        Index("ix_uploads_owner_id_created_at", "owner_id", text("created_at DESC")),
        Index("ix_uploads_expires_at", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    file_name: Mapped[str]
    content_type: Mapped[str]
    title: Mapped[str | None]
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    part_bytes: Mapped[int]
    storage_reference: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'receiving'"))
    refusal: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    active_at: Mapped[datetime] = mapped_column(server_default=func.now())
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]

    @property
    def arrival(self) -> Arrival:
        return Arrival(source_key(self.id), self.storage_reference)

    @property
    def part_count(self) -> int:
        return -(-self.size_bytes // self.part_bytes)

    @property
    def is_claimed(self) -> bool:
        """Whether somebody is completing it right now."""
        return self.claimed_until is not None and self.claimed_until > datetime.now(UTC)

    def size_of_part(self, number: int) -> int:
        """Bytes of part ``number``: all alike but the last. Raises ``PartNotFound``."""
        if not 1 <= number <= self.part_count:
            raise PartNotFound
        return min(self.part_bytes, self.size_bytes - (number - 1) * self.part_bytes)

    def refuse_unless_receiving(self) -> None:
        """Raises ``UploadEnded``, also while it is being completed."""
        if self.state != UploadState.RECEIVING or self.is_claimed:
            raise UploadEnded

    def claim(self) -> bool:
        """Takes it for completing, for ``CLAIM``; false while another has it. Raises ``NotAFilm`` as before."""
        if self.state == UploadState.REFUSED:
            raise NotAFilm(self.refusal)
        if self.is_claimed:
            return False
        self.claimed_until = datetime.now(UTC) + CLAIM
        return True

    def end(self, state: UploadState, *, refusal: str | None = None) -> None:
        self.state = state.value
        self.refusal = refusal
        self.claimed_until = None

    def whole(self, said: Sequence[tuple[int, str]], arrived: Sequence[Part]) -> list[Part]:
        """The parts to join, by number and ETag as their sender said. Raises ``UploadIncomplete``, each fault named."""
        here = {(part.number, part.etag): part for part in arrived}
        numbers_here = {part.number for part in arrived}
        faults = _repetitions(said)
        told = {number: etag.strip('"').lower() for number, etag in said}
        whole: list[Part] = []
        for number in range(1, self.part_count + 1):
            part = here.get((number, told.get(number, "")))
            if part is not None and part.size_bytes == self.size_of_part(number):
                whole.append(part)
            else:
                fault = _fault(is_here=number in numbers_here, is_named=number in told, part=part)
                faults.append(Fault("/parts", f"Part {number} {fault}."))
        faults += [
            Fault("/parts", f"There is no part {number}.")
            for number in told
            if not 1 <= number <= self.part_count
        ]
        if faults:
            raise UploadIncomplete(faults[0].detail, faults=faults[:_MOST_FAULTS])
        return whole


_MOST_FAULTS = 100


def _fault(*, is_here: bool, is_named: bool, part: Part | None) -> str:
    if not is_here:
        return "has not arrived"
    if not is_named:
        return "is not named"
    return "has another ETag" if part is None else "has another size"


def _repetitions(said: Sequence[tuple[int, str]]) -> list[Fault]:
    times = Counter(number for number, _ in said)
    return [Fault("/parts", f"Part {number} is named twice.") for number, count in times.items() if count > 1]
