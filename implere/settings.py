"""Django settings. What an operator may set is in `configuration.py`; everything else is fixed here."""

from implere.configuration import read

CONFIGURATION = read()

SECRET_KEY = CONFIGURATION.secret_key
DEBUG = CONFIGURATION.debug
ALLOWED_HOSTS = CONFIGURATION.allowed_hosts
BASE_ADDRESS = CONFIGURATION.address
DATA_FOLDER = CONFIGURATION.data
METHOD_FOLDER = DATA_FOLDER / "method"  # an installation's own approaches, questions, activities, templates
HTTPS = CONFIGURATION.https

ROOMS = ["live", "ui", "accounts", "method", "organisation", "initiatives", "meetings", "boards", "ballots",
         "decisions", "followup", "practice", "insight", "reports"]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *(f"implere.{room}" for room in ROOMS),
    "django.forms",  # its templates, after ours, which draw a field our way
]
MIDDLEWARE = [
    "implere.accounts.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # its files are compressed when they are built
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "implere.accounts.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "implere.accounts.middleware.size_limit",
    "implere.accounts.middleware.no_null",
    "implere.accounts.middleware.same_origin",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "implere.urls"
WSGI_APPLICATION = "implere.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.static",
                "django.templatetags.i18n",
                "implere.ui.templatetags.ui",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": CONFIGURATION.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"

MAIL = CONFIGURATION.mail
LINKS_BEGIN_WITH = CONFIGURATION.links
EMAIL_FILE_PATH = CONFIGURATION.mail_folder
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if MAIL else "implere.followup.folder.Backend"
EMAIL_HOST, EMAIL_PORT = (MAIL.host, MAIL.port) if MAIL else ("", 0)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (MAIL.user, MAIL.password) if MAIL else ("", "")
EMAIL_USE_SSL = bool(MAIL and MAIL.tls)
EMAIL_USE_TLS = bool(MAIL and MAIL.user and not MAIL.tls)  # no password goes over a line that can be read
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = MAIL.sender if MAIL else "implere@localhost"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "implere.ui.storage.VersionedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"

# A list that somebody uploads is read in memory with limits of its own; forms are small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "implere.logs.Lines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # the proxy's work, see docs/operators
