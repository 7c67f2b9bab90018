"""The portal's only settings file. The environment is read at the top; docs/drift.md has the same table in words."""

from pathlib import Path
from urllib.parse import quote

import bootstrap_wrapper
import django.forms
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from slt_portal import logg, miljo

# Generic views, forms and fields take their type in brackets at run time too.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(miljo.tekst("VAR", ellers=str(BASE_DIR / "var"))).absolute()
VAR.mkdir(parents=True, exist_ok=True)

# The environment

DEBUG = miljo.ja_nei("DEBUG")
SLT_DEMO = miljo.ja_nei("SLT_DEMO")
LOKAL = DEBUG or SLT_DEMO  # one machine, loopback, working defaults
HOST = miljo.tekst("HOST", ellers="127.0.0.1").strip("[]")

SECRET_KEY = miljo.tekst(
    "SECRET_KEY",
    ellers=miljo.hemmelighet(VAR / "hemmelig-nokkel") if LOKAL else None,
    hvorfor="Den signerer innlogging og lenker. Lag en lang, tilfeldig tekst og ta vare på den.",
)
SECRET_KEY_FALLBACKS = miljo.liste("SECRET_KEY_FALLBACKS", ellers=[])
ALLOWED_HOSTS = miljo.liste("ALLOWED_HOSTS", ellers=miljo.lokale_verter(HOST) if LOKAL else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS må settes til adressene portalen svarer på, for eksempel slt.kommune.no.")
CSRF_TRUSTED_ORIGINS = miljo.liste("CSRF_TRUSTED_ORIGINS", ellers=[])
ADRESSE = miljo.adresse(
    "ADRESSE",
    ellers=f"http://{ALLOWED_HOSTS[0]}:{miljo.heltall('PORT', ellers=8000)}"
    if LOKAL
    else f"https://{ALLOWED_HOSTS[0]}",
)
REDIS_URL = miljo.redis("REDIS_URL")
REDIS_PREFIKS = miljo.tekst("REDIS_PREFIKS", ellers="slt")  # what is ours, where several installations share a Redis
_database = miljo.database("DATABASE_URL", ellers=f"sqlite:///{quote(str(VAR / 'slt.sqlite3'))}")
_epost = miljo.epost(
    "EMAIL_URL",
    ellers=f"file://{quote(str(VAR / 'epost'))}" if LOKAL else None,
    hvorfor="Den sier hvor e-post sendes, for eksempel smtp://bruker:passord@smtp.kommune.no:587/?tls=True.",
)

# Apps and the way of a request

INSTALLED_APPS = [
    "slt_portal",
    "moter",
    "tiltak",
    "organisering",
    "varsling",
    "felles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "simple_history",
    "django_htmx",
    "csp",
    "slt_portal.apps.Adminkonfigurasjon",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # its widget templates, which ours may override
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages; static files are compressed beforehand
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "slt_portal.mellomvare.Sprakvalg",
    "slt_portal.mellomvare.Personvern",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "slt_portal.urls"
WSGI_APPLICATION = "slt_portal.wsgi.application"
FORM_RENDERER = "felles.tegner.Tegner"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {  # what is repeated on a page, called by tags of ours through `felles.tegner.tegn`
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "jinja", Path(django.forms.__path__[0]) / "jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "slt_portal.jinja.omgivelse"},
    },
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database: SQLite on one machine, PostgreSQL for the whole country

DATABASES = {"default": _database}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": REDIS_PREFIKS}
        if REDIS_URL
        # Shared between processes, so that the login limits hold, without a server of its own.
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "mellomlager"}
    )
}

# People and login

AUTH_USER_MODEL = "organisering.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("epost", "navn")},
    },
    {"NAME": "slt_portal.passord.Lengde", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/min-side/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "slt_portal.adapter.Kontoadapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "epost"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # without password1 the login form loses its field
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address comes in by invitation, which proves it
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody gets mail because a stranger typed their address
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "10/m/ip,3/5m/key"}
# Whose word to take for the visitor's address, which the limits count by. Behind one proxy unless told otherwise.
ALLAUTH_TRUSTED_PROXY_COUNT = miljo.heltall("PROXYER", ellers=0 if LOKAL else 1)
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"login": "slt_portal.forms.Innlogging"}

# Language and time

LANGUAGE_CODE = "nb"
LANGUAGE_COOKIE_NAME = "sprak"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise wants it before the first collectstatic
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "slt_portal.statisk.Bootstrap",
    "slt_portal.statisk.Skrift",
]
BOOTSTRAP_CSS = Path(bootstrap_wrapper.get_bootstrap_css_dir())
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")  # large, and read by nobody but us
MEDIA_ROOT = VAR / "vedlegg"
# A file larger than this is dropped while it arrives. One that is let through is never written to disk: it may hold
# what must not be stored, and nobody knows before it is read.
MAKS_OPPLASTING = FILE_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024  # a paper of 25 MB, and the rest of its form
FILE_UPLOAD_HANDLERS = [
    "slt_portal.opplasting.Storrelsesvakt",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Mail

EMAIL_BACKEND = _epost["EMAIL_BACKEND"]
EMAIL_FILE_PATH = _epost["EMAIL_FILE_PATH"]
EMAIL_HOST = _epost["EMAIL_HOST"] or "localhost"
EMAIL_PORT = _epost["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _epost["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _epost["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _epost["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _epost["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = _epost["EMAIL_TIMEOUT"] or 30  # seconds for each answer; without one a silent server holds the queue
DEFAULT_FROM_EMAIL = miljo.tekst("EPOST_FRA", ellers=f"SLT-portalen <ikke-svar@{ALLOWED_HOSTS[0].strip('[]')}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Notices come from the Samarbeid's own mailbox, which is their ORGANIZER. Off where the mail server refuses that.
KALENDERBREV_FRA_POSTKASSA = miljo.ja_nei("KALENDERBREV_FRA_POSTKASSA", ellers=True)

# Jobs

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": f"{REDIS_PREFIKS}:"}
else:
    KO = VAR / "ko"
    for mappe in ("inn", "ferdig", "styring"):
        (KO / mappe).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(KO / "inn"),
        "data_folder_out": str(KO / "inn"),
        "processed_folder": str(KO / "ferdig"),
        "control_folder": str(KO / "styring"),
        "store_processed": False,
    }
CELERY_TASK_IGNORE_RESULT = True  # what a job did stands in the database
CELERY_TASK_ACKS_LATE = True
# A broker that is away for an hour, or a night, is waited for. Ten seconds at most between the tries.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
PLANJOBBER = [
    "moter.tasks.varsle_motehyppighet",
    "tiltak.tasks.varsle_revisjon",
    "tiltak.tasks.varsle_frist",
    "tiltak.tasks.varsle_status",
    "tiltak.tasks.varsle_mangler",
    "moter.tasks.varsle_mote_holdt",
    "moter.tasks.varsle_mote",
    "moter.tasks.varsle_oppfolging",
    "organisering.tasks.varsle_faste",
    "organisering.tasks.varsle_avtaler",
]
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    # The mail queue. Someone waits at the screen for an invitation or a new password; an empty queue is cheap.
    "lever": {"task": "varsling.tasks.lever", "schedule": 60.0, "options": {"expires": 55}},
    # The reminders. Each asks whether the day's plan is done, so a machine that was asleep at six catches up.
    **{jobb: {"task": jobb, "schedule": 300.0, "options": {"expires": 290}} for jobb in PLANJOBBER},
    # What the coming weeks hold, for the page of reminders. Nobody's mail waits for it.
    "framsyn": {"task": "slt_portal.tasks.se_framover", "schedule": 300.0, "options": {"expires": 290}},
    # Then one mail to each person with all of it.
    "samle": {"task": "varsling.tasks.samle", "schedule": 300.0, "args": [PLANJOBBER], "options": {"expires": 290}},
    # Plans that were read and never confirmed. Nobody waits for it.
    "rydd_importer": {"task": "tiltak.tasks.rydd_importer", "schedule": 24 * 3600.0, "options": {"expires": 3600}},
}

# Security

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600  # a group member comes a few times a year; a coordinator every day
SESSION_COOKIE_SECURE = not LOKAL
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not LOKAL:
    SECURE_SSL_REDIRECT = miljo.ja_nei("SSL_OMDIRIGERING", ellers=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^helse/$"]  # a watcher on the same machine speaks plain HTTP
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = logg.LOGGING
