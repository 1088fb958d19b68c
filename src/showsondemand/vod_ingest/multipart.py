"""A multipart form with one film in it, read as it streams in: nothing is spooled, nothing grows."""

from collections.abc import AsyncIterator

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from showsondemand.vod_ingest.errors import FileMissing, UploadUnreadable
from showsondemand.vod_ingest.incoming import IncomingFilm

_FORM = b"multipart/form-data"
_FILE_FIELD = b"file"
_MOST_FIELD_BYTES = 4_096
_MOST_PARTS = 16


class FilmForm:
    """Takes a form's bytes in, writes the field ``file`` to ``film`` and keeps the short text fields."""

    def __init__(self, content_type: str, film: IncomingFilm) -> None:
        kind, options = parse_options_header(content_type)
        if kind != _FORM or not options.get(b"boundary"):
            raise UploadUnreadable("The body must be multipart/form-data with a boundary.")
        self._film = film
        self._fields: dict[bytes, bytearray] = {}
        self._parts = 0
        self._headers: dict[bytes, bytes] = {}
        self._header_name = self._header_value = b""
        self._field: bytes = b""
        self._file_name: bytes | None = None
        self._is_whole = False
        self._parser = self._parser_for(options[b"boundary"])

    async def read(self, chunks: AsyncIterator[bytes]) -> None:
        """Reads the form to its end. Raises ``UploadUnreadable``, ``FileMissing``, ``FilmTooLarge``."""
        try:
            async for chunk in chunks:
                self._parser.write(chunk)
            self._parser.finalize()
        except FormParserError as error:
            raise UploadUnreadable from error
        if not self._is_whole:
            raise UploadUnreadable("The form ends before its closing boundary.")
        if self._file_name is None:
            raise FileMissing

    @property
    def file_name(self) -> str:
        """What the sender calls the film, as it was sent."""
        return (self._file_name or b"").decode("utf-8", "replace")

    def text(self, field: str) -> str | None:
        """A text field. Raises ``UploadUnreadable`` when it is no UTF-8."""
        value = self._fields.get(field.encode())
        try:
            return value.decode() if value is not None else None
        except UnicodeDecodeError as error:
            raise UploadUnreadable from error

    def _parser_for(self, boundary: bytes) -> MultipartParser:
        try:
            return MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin_part,
                    "on_header_field": self._take_header_name,
                    "on_header_value": self._take_header_value,
                    "on_header_end": self._end_header,
                    "on_headers_finished": self._end_headers,
                    "on_part_data": self._take_data,
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise UploadUnreadable("The boundary of the form cannot be used.") from error

    def _begin_part(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise UploadUnreadable("The form has too many parts.")
        self._headers.clear()

    def _take_header_name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _take_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._header_name.lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _end_headers(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b"").decode("latin-1"))
        self._field = options.get(b"name", b"")
        if self._field == _FILE_FIELD:
            if self._file_name is not None:
                raise UploadUnreadable("The form has more than one file.")
            self._file_name = options.get(b"filename", b"")

    def _take_data(self, data: bytes, start: int, end: int) -> None:
        if self._field == _FILE_FIELD:
            self._film.write(data[start:end])
            return
        value = self._fields.setdefault(self._field, bytearray())
        value += data[start:end]
        if len(value) > _MOST_FIELD_BYTES:
            raise UploadUnreadable("A text field of the form is too long.")

    def _end(self) -> None:
        self._is_whole = True
