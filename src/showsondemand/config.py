"""Every setting, by subject, read from the environment and ``.env``; docs/operating.md and .env.example list them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, HttpUrl, SecretStr, StringConstraints, field_validator, model_validator

from showsondemand.pem_keys import delivery_key, p256_private_keys
from showsondemand.review_settings import AnalyserName, ReviewSettings
from showsondemand.server_addresses import MailServer, Networks, RedisServer
from showsondemand.setting_sources import CommaSeparated, CommaSeparatedHosts, Subject
from showsondemand.transcoder_settings import TranscoderSettings
from showsondemand.web_hosts import common_domain, origin_of

LEAST_SECRET_BYTES = 32
_FOLDER = Path("data")
_BUCKET_URL = r"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?$"


class Environment(StrEnum):
    """``production`` refuses weak settings; ``development`` makes do."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class TokenAlgorithm(StrEnum):
    """What access tokens are signed with: a key pair, whose public half verifies them anywhere, or our secret."""

    ES256 = "ES256"
    HS256 = "HS256"


class LogFormat(StrEnum):
    CONSOLE = "console"
    JSON = "json"


class DatabaseSettings(Subject):
    url: str | None = Field(None, validation_alias="DATABASE_URL")


class CacheSettings(Subject):
    redis_url: RedisServer | None = Field(None, validation_alias="REDIS_URL")


class SecuritySettings(Subject):
    secret_key: SecretStr | None = Field(None, validation_alias="SECRET_KEY")
    allowed_hosts: CommaSeparated = Field((), validation_alias="ALLOWED_HOSTS")
    trusted_proxies: Networks = Field((), validation_alias="TRUSTED_PROXIES")

    token_algorithm: TokenAlgorithm = Field(TokenAlgorithm.ES256, validation_alias="TOKEN_ALGORITHM")
    token_private_key: SecretStr | None = Field(None, validation_alias="TOKEN_PRIVATE_KEY")

    rate_limits: bool | None = Field(None, validation_alias="RATE_LIMITS")

    def rates_limited(self, *, production: bool) -> bool:
        """Whether requests are counted; where nothing is said, only in production."""
        return production if self.rate_limits is None else self.rate_limits

    @field_validator("token_private_key")
    @classmethod
    def _holds_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            p256_private_keys(value.get_secret_value())
        return value


class FirstAdminSettings(Subject):
    email: str | None = Field(None, validation_alias="ADMIN_EMAIL")
    password: SecretStr | None = Field(None, validation_alias="ADMIN_PASSWORD")

    @model_validator(mode="after")
    def _are_given_together(self) -> Self:
        if (self.email is None) != (self.password is None):
            raise ValueError("ADMIN_EMAIL and ADMIN_PASSWORD must be given together")
        return self


class MailSettings(Subject):
    smtp_url: MailServer | None = Field(None, validation_alias="SMTP_URL")
    sender: str | None = Field(
        None, pattern=r"^[^\x00-\x1f\x7f]+@[^\x00-\x1f\x7f]+$", validation_alias="MAIL_FROM"
    )


class MediaSettings(Subject):
    transcode_concurrency: int = Field(1, ge=1, le=64, validation_alias="TRANSCODE_CONCURRENCY")
    ffmpeg: Path | None = Field(None, validation_alias="FFMPEG")
    cdn_base_url: HttpUrl | None = Field(None, validation_alias="CDN_BASE_URL")
    cloudfront_key_pair_id: Annotated[str, StringConstraints(pattern="^[A-Z0-9]{10,30}$")] | None = Field(
        None, validation_alias="CLOUDFRONT_KEY_PAIR_ID"
    )
    cloudfront_private_key: SecretStr | None = Field(None, validation_alias="CLOUDFRONT_PRIVATE_KEY")
    media_hosts: CommaSeparatedHosts = Field((), validation_alias="MEDIA_HOSTS")
    handed_to: Annotated[str, StringConstraints(pattern="^/[a-z0-9-]+/$")] | None = Field(
        None, validation_alias="MEDIA_ACCEL_REDIRECT"
    )

    @property
    def cdn_url(self) -> str | None:
        """``CDN_BASE_URL`` without a slash at its end."""
        return str(self.cdn_base_url).rstrip("/") if self.cdn_base_url else None

    @property
    def cdn_origin(self) -> str | None:
        """The scheme, host and port of ``CDN_BASE_URL``, the way that browsers write them."""
        return origin_of(str(self.cdn_base_url)) if self.cdn_base_url else None

    @field_validator("cloudfront_private_key")
    @classmethod
    def _holds_a_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            delivery_key(value.get_secret_value())
        return value

    @model_validator(mode="after")
    def _signs_with_both_or_not_at_all(self) -> Self:
        signing = (self.cloudfront_key_pair_id, self.cloudfront_private_key)
        if any(signing) and not all((*signing, self.cdn_base_url)):
            raise ValueError(
                "CDN_BASE_URL, CLOUDFRONT_KEY_PAIR_ID and CLOUDFRONT_PRIVATE_KEY must be given together"
            )
        return self


class StorageSettings(Subject):
    """Where films and media lie. AWS's own credentials are found the way that all of its clients find them."""

    url: Annotated[str, StringConstraints(pattern=_BUCKET_URL)] | None = Field(
        None, validation_alias="STORAGE_URL"
    )
    endpoint_url: HttpUrl | None = Field(None, validation_alias="AWS_ENDPOINT_URL")
    region: str | None = Field(None, validation_alias="AWS_REGION")

    @property
    def bucket(self) -> str | None:
        """The bucket that ``STORAGE_URL`` names."""
        return self.url.removeprefix("s3://").partition("/")[0] if self.url else None

    @property
    def prefix(self) -> str | None:
        """What stands before our keys in the bucket, empty or with a slash at its end; ``None`` without a bucket."""
        if self.url is None:
            return None
        prefix = self.url.removeprefix("s3://").rstrip("/").partition("/")[2]
        return f"{prefix}/" if prefix else ""

    @property
    def origins(self) -> tuple[str, ...]:
        """Where browsers send the parts of a film to, when that is not here."""
        if self.bucket is None:
            return ()
        if self.endpoint_url is not None:
            return (f"{self.endpoint_url.scheme}://{self.endpoint_url.host}:{self.endpoint_url.port}",)
        regional = [f"https://{self.bucket}.s3.{self.region}.amazonaws.com"] if self.region else []
        return (f"https://{self.bucket}.s3.amazonaws.com", *regional)


class FetchSettings(Subject):
    allow_private: bool = Field(False, validation_alias="ALLOW_PRIVATE_FETCH")


class TextSettings(Subject):
    sender: Annotated[str, StringConstraints(pattern="^[A-Za-z0-9]{1,11}$")] | None = Field(
        None, validation_alias="SMS_SENDER"
    )


class WebhookSettings(Subject):
    key: SecretStr | None = Field(None, validation_alias="WEBHOOK_KEY")

    @property
    def keys(self) -> tuple[bytes, ...]:
        """The keys that open the completion hook: none closes it, two serve while one replaces the other."""
        given = self.key.get_secret_value() if self.key else ""
        return tuple(part.strip().encode() for part in given.split(",") if part.strip())


class LogSettings(Subject):
    format: LogFormat | None = Field(None, validation_alias="LOG_FORMAT")
    level: Annotated[str, StringConstraints(to_lower=True, pattern="^(debug|info|warning|error)$")] = Field(
        "info", validation_alias="LOG_LEVEL"
    )
    worker_metrics_port: int | None = Field(None, ge=1, le=65_535, validation_alias="WORKER_METRICS_PORT")
    traces_to: HttpUrl | None = Field(None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")


class Settings(Subject):
    """All settings. Made by ``Settings()``; a wrong one raises pydantic's ``ValidationError``."""

    environment: Environment = Field(Environment.DEVELOPMENT, validation_alias="ENVIRONMENT")
    data_folder: Path = Field(_FOLDER, validation_alias="DATA_DIR")
    inbox_folder: Path | None = Field(None, validation_alias="INBOX_DIR")
    public_base_url: HttpUrl = Field(HttpUrl("http://127.0.0.1:8000"), validation_alias="PUBLIC_BASE_URL")
    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    cache: CacheSettings = Field(default_factory=CacheSettings)
    security: SecuritySettings = Field(default_factory=SecuritySettings)
    first_admin: FirstAdminSettings = Field(default_factory=FirstAdminSettings)
    mail: MailSettings = Field(default_factory=MailSettings)
    media: MediaSettings = Field(default_factory=MediaSettings)
    transcoding: TranscoderSettings = Field(default_factory=TranscoderSettings)
    reviews: ReviewSettings = Field(default_factory=ReviewSettings)
    storage: StorageSettings = Field(default_factory=StorageSettings)
    fetching: FetchSettings = Field(default_factory=FetchSettings)
    texts: TextSettings = Field(default_factory=TextSettings)
    webhook: WebhookSettings = Field(default_factory=WebhookSettings)
    logs: LogSettings = Field(default_factory=LogSettings)

    @property
    def base_url(self) -> str:
        """``PUBLIC_BASE_URL`` without a slash at its end."""
        return str(self.public_base_url).rstrip("/")

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def cdn_cookie_domain(self) -> str | None:
        """The domain that the cookies for the content delivery network are set on; ``None`` for this very host.

        Raises ``ValueError`` where no cookie of this service would reach the network.
        """
        cdn = self.media.cdn_base_url
        return common_domain(str(self.public_base_url.host), str(cdn.host)) if cdn else None

    @model_validator(mode="after")
    def _cookies_reach_the_network(self) -> Self:
        if self.media.cloudfront_private_key is not None and self.media.cdn_base_url is not None:
            if self.media.cdn_base_url.scheme != self.public_base_url.scheme:
                raise ValueError(
                    "CDN_BASE_URL and PUBLIC_BASE_URL must both be https: browsers hold two sites apart"
                )
            try:
                _ = self.cdn_cookie_domain
            except ValueError as error:
                raise ValueError(
                    "CDN_BASE_URL must be on a sibling of the host of PUBLIC_BASE_URL, such as cdn.example.org "
                    "beside shows.example.org: browsers take its signed cookies nowhere else"
                ) from error
        return self

    @model_validator(mode="after")
    def _films_lie_where_they_are_looked_at(self) -> Self:
        if self.reviews.analyser is AnalyserName.REKOGNITION and self.storage.url is None:
            raise ValueError("ANALYSER=rekognition reads films out of S3: STORAGE_URL must name a bucket")
        return self

    @model_validator(mode="after")
    def _encoder_has_what_it_needs(self) -> Self:
        faults = list(self.transcoding.lacks(self.storage.url))
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @model_validator(mode="after")
    def _production_is_strict(self) -> Self:
        faults = list(self._weaknesses()) if self.is_production else []
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _weaknesses(self) -> list[str]:
        """What production does not start with, one sentence each, no values."""
        secret = self.security.secret_key
        faults = []
        if secret is None or not _is_strong(secret.get_secret_value()):
            faults.append(f"SECRET_KEY must be random and at least {LEAST_SECRET_BYTES} bytes long")
        faults += [
            f"each key in WEBHOOK_KEY must be random and at least {LEAST_SECRET_BYTES} bytes long"
            for key in self.webhook.keys
            if not _is_strong(key.decode())
        ]
        if self.public_base_url.scheme != "https":
            faults.append("PUBLIC_BASE_URL must begin with https://")
        if self.media.cdn_base_url is not None and self.media.cdn_base_url.scheme != "https":
            faults.append("CDN_BASE_URL must begin with https://")
        if self.database.url is None:
            faults.append("DATABASE_URL must name a PostgreSQL server")
        if not self.security.allowed_hosts or "*" in self.security.allowed_hosts:
            faults.append("ALLOWED_HOSTS must name the hosts that this service answers for")
        if secret is not None and secret.get_secret_value().encode() in self.webhook.keys:
            faults.append(
                "SECRET_KEY and WEBHOOK_KEY must differ: who holds the latter could make every signature"
            )
        return faults


_LEAST_DISTINCT_CHARACTERS = 12
_PEM_START = "-----BEGIN"


def _is_strong(secret: str) -> bool:
    """Long, varied, and no key file pasted by mistake (python-jose takes some of those as HMAC secrets)."""
    long_enough = len(secret.encode()) >= LEAST_SECRET_BYTES
    return (
        long_enough and len(set(secret)) >= _LEAST_DISTINCT_CHARACTERS and not secret.startswith(_PEM_START)
    )
