"""All settings, typed, from the environment.

A half-configured production start is refused here with a sentence; whatever needs more than the environment
to be judged is a Django system check (core.checks). Every variable is described in docs/operations.md.
"""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environs
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environs.Env()

# --- What kind of start is this? -------------------------------------------------------------------------------

DEBUG: bool = env.bool("DEBUG", False)
TESTING: bool = env.bool("TESTING", False)
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VERSION = "0.1.0"


def required(name: str, *, purpose: str, development: str) -> str:
    """The variable's value; `development` when DEBUG or TESTING; otherwise a refusal that names what is missing."""
    value: str = env.str(name, "")
    if value:
        return value
    if DEBUG or TESTING:
        return development
    raise ImproperlyConfigured(
        f"{name} is not set: {purpose}. Set it in the environment, or set DEBUG=true for a development start. "
        "docs/operations.md lists every variable."
    )


SECRET_KEY = required(
    "SECRET_KEY", purpose="it signs sessions and links in mails", development="development-only-" + "k" * 50
)
SITE_URL = required(
    "SITE_URL",
    purpose="mails and certificates carry links that begin with it",
    development="http://localhost:8000",
).rstrip("/")
if urlsplit(SITE_URL).scheme not in {"http", "https"} or not urlsplit(SITE_URL).hostname:
    raise ImproperlyConfigured(f"SITE_URL is “{SITE_URL}”: write it whole, such as https://portal.example.org.")
SITE_NAME = env.str("SITE_NAME", "Portolan")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", [SITE_HOST, "localhost", "127.0.0.1", "[::1]"] if DEBUG or TESTING else [SITE_HOST]
)
INTERNAL_IPS = ["127.0.0.1"]

# --- Applications ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "portal.demo",
    "portal.api",
    "portal.pages",
    "portal.desk",
    "portal.search",
    "portal.updates",
    "portal.library",
    "portal.courses",
    "portal.assessments",
    "portal.reading",
    "portal.cases",
    "portal.notices",
    "portal.guidance",
    "portal.organisations",
    "portal.controls",
    "portal.accounts",
    "portal.references",
    "portal.core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",  # the built-in widgets, which the form renderer looks up among the templates of apps
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.accounts.middleware.ReaderMiddleware",
    "portal.organisations.middleware.OrganisationMiddleware",
    "portal.core.middleware.PortalErrorMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.core.context.site",
            ],
            "builtins": ["template_partials.templatetags.partials", "portal.core.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "portal.core.forms.PortalFormRenderer"

# --- Database --------------------------------------------------------------------------------------------------


def database(url: str) -> dict[str, Any]:
    """Django's dictionary for a `postgres://user:password@host:port/name` or `sqlite:///path` address.

    SQLite runs in WAL mode with immediate transactions, so that web, worker and beat can write side by side.
    """
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        host = unquote(parts.hostname or "")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {} if TESTING else {"pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", 8)}},
        }
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or str(VAR_DIR / "portal.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                    "PRAGMA mmap_size=134217728; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with “{parts.scheme}”: use postgres://user:password@host:port/name or sqlite:///path."
    )


DATABASES = {"default": database(env.str("DATABASE_URL", "sqlite:///" + str(VAR_DIR / "portal.sqlite3")))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis, cache, background work -----------------------------------------------------------------------------

REDIS_URL = required(
    "REDIS_URL",
    purpose="the worker, the beat and the cache meet there",
    development="redis://127.0.0.1:6379/0",
)
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 2},  # a cache that hangs may not hold up a page
    }
}
# How long a visitor's page is kept where no publication clears it before (core.caching); 0 keeps none.
PAGE_CACHE_SECONDS: int = env.int("PAGE_CACHE_SECONDS", 0 if TESTING else 900)

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # longer than any task may run
    # A request that enqueues must go on when Redis is away: no second try (kombu's own would sleep for six
    # seconds, whatever send_task's `retry` says), one second to connect, five for an answer. The worker's own
    # connection comes back by itself, see BROKER_CONNECTION_RETRY.
    "max_retries": 0,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
# Beat only knocks: each task finds its work in rows, so a missed or doubled knock changes nothing.
CELERY_BEAT_SCHEDULE = {
    "publish-due-notices": {"task": "notices.publish_due", "schedule": 60.0},
    "send-waiting-invitations": {"task": "organisations.send_waiting", "schedule": 300.0},
    "send-waiting-mails": {"task": "accounts.send_waiting", "schedule": 60.0},
    "send-what-is-due": {"task": "updates.sweep", "schedule": 60.0},
    "remind-of-reading": {"task": "reading.sweep", "schedule": 900.0},
    "expire-attempts": {"task": "courses.close_overdue", "schedule": 300.0},
    "queue-stuck-texts": {"task": "guidance.sweep_texts", "schedule": 60.0},
    "refresh-search": {"task": "search.refresh", "schedule": crontab(hour="0", minute="5")},
    "clear-sessions": {"task": "accounts.clear_sessions", "schedule": crontab(hour="3", minute="17")},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# --- Mail ------------------------------------------------------------------------------------------------------


def mail(url: str) -> dict[str, Any]:
    """Mail settings for `smtp://user:password@host:port`, `smtps://…` or `smtp+tls://…`; "" is a folder."""
    parts = urlsplit(url)
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"}:
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtps:// or smtp+tls://.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 20,
    }


EMAIL_FILE_PATH = str(VAR_DIR / "mail")
MAILBOX_PAGE = (DEBUG or TESTING) and not env.str("EMAIL_URL", "")
globals().update(
    mail(required("EMAIL_URL", purpose="digests, invitations and reminders leave through it", development=""))
)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <portal@{SITE_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Languages and time ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
FORMAT_MODULE_PATH = ["portal.core.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- People ----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:dashboard"
ACCOUNT_LOGOUT_REDIRECT_URL = "pages:home"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "portal.accounts.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "portal.accounts.models.display"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = False if TESTING else {}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = SITE_NAME

# --- Security --------------------------------------------------------------------------------------------------

SECURE = not (DEBUG or TESTING)
SECURE_SSL_REDIRECT: bool = env.bool("SECURE_SSL_REDIRECT", SECURE)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the browsers' preload list binds for years: an operator's choice
BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", SECURE)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Limits are counted by the visitor's address: the last one in X-Forwarded-For, which the proxy wrote.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.pages.views.csrf_failure"
LANGUAGE_COOKIE_SECURE = SECURE
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
CONTENT_SECURITY_POLICY = {
    # allauth's passkey pages carry two small inline scripts, which get a nonce; ours have none.
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Static files ----------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SECURE
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not SECURE
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = VAR_DIR / "media"

# --- Content ---------------------------------------------------------------------------------------------------

CONTENT_DIR = Path(env.str("CONTENT_DIR", str(BASE_DIR / "content")))
TEXT_MAX_BYTES: int = env.int("TEXT_MAX_BYTES", 20_000_000)  # of a file of official texts

# --- API -------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "portal.api.pagination.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [] if TESTING else ["portal.api.throttling.Visitors", "portal.api.throttling.Known"],
    "NUM_PROXIES": int(BEHIND_PROXY),
    "DEFAULT_THROTTLE_RATES": {"visitors": "120/min", "known": "600/min"},
    "EXCEPTION_HANDLER": "portal.api.problems.handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME} API",
    "DESCRIPTION": "Rules by permanent address, on any date, and what rests on them.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "TAGS": [
        {"name": "start"},
        {"name": "references", "description": "Permanent keys, and who cites whom"},
        {"name": "search"},
        {"name": "law", "description": "Laws and provisions, on any day"},
        {"name": "controls", "description": "Regimes, control lists and their entries"},
        {"name": "guidance", "description": "Guidelines, glossary, timeline"},
        {"name": "cases"},
        {"name": "notices"},
        {"name": "changes"},
        {"name": "programmes", "description": "Frameworks and questionnaires"},
        {"name": "courses"},
        {"name": "your organisation", "description": "With a token, or signed in"},
    ],
    # Stable names: `state` and `kind` mean something else in each thing.
    "ENUM_NAME_OVERRIDES": {
        "InstrumentState": "portal.guidance.models.InstrumentState",
        "ProvisionTextKind": "portal.guidance.models.TextKind",
        "NoticeState": [("published", "published"), ("withdrawn", "withdrawn")],
        "NoticeKind": "portal.notices.models.Kind",
        "AssessmentState": "portal.assessments.models.State",
        "OrganisationKind": "portal.organisations.models.Kind",
    },
}

# --- Logs ------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", "WARNING" if TESTING else "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "portal.core.logs.formatter", "json": SECURE},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "celery": {"level": LOG_LEVEL},
        "csp": {"level": "WARNING"},
    },
}
