"""What an operator may set: a handful of `IMPLERE_…` variables with safe defaults (docs/operators/settings.md)."""

import contextlib
import fcntl
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

SETTINGS = {
    "IMPLERE_DATA": "the folder that holds the database and the secret key",
    "IMPLERE_DATABASE": "a PostgreSQL database instead, such as postgresql://implere@db1,db2/implere",
    "IMPLERE_SECRET_KEY": "the secret key, where several machines share a database",
    "IMPLERE_ADDRESS": "the address that people use, such as https://implere.example.dk",
    "IMPLERE_HOST": "the address that the server listens on",
    "IMPLERE_PORT": "the port that the server listens on",
    "IMPLERE_MAIL": "the mail server, such as smtp://name:password@mail.example.dk:587/?from=implere@example.dk",
    "IMPLERE_DEBUG": "1 shows the cause of an error in the browser; for developers only",
}


class ConfigurationError(Exception):
    """A setting that can't be used; the message is a sentence for the operator."""


@dataclass(frozen=True)
class MailServer:
    """The organisation's mail server. `tls`: from the first byte (smtps); else it is begun where a password is sent."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    sender: str


@dataclass(frozen=True)
class Configuration:
    """All that is set, read once at start."""

    data: Path
    address: str
    host: str
    port: int
    debug: bool
    secret_key: str
    postgresql: dict  # libpq's parameters; empty for SQLite
    mail: "MailServer | None" = None  # without one, mails are written to a folder

    @property
    def https(self) -> bool:
        return self.address.startswith("https://")

    @property
    def allowed_hosts(self) -> list[str]:
        """With an address: that host alone. Without: any, since phones in the room use the machine's number."""
        if not self.address:
            return ["*"]
        return [urlsplit(self.address).hostname or "", "localhost", "127.0.0.1", "[::1]"]

    @property
    def mail_folder(self) -> Path:
        """Where mails are written while there is no mail server."""
        return self.data / "mail"

    @property
    def links(self) -> str:
        """What a link in a mail begins with."""
        return self.address or f"http://{self.host}:{self.port}"

    @property
    def database_file(self) -> Path:
        """Where SQLite's database is."""
        return self.data / "implere.sqlite3"

    @property
    def database(self) -> dict:
        """Django's description of the database."""
        return postgresql(self.postgresql) if self.postgresql else sqlite(self.database_file)


def sqlite(file: Path) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        # a real file: what is left in it is tested as well
        "TEST": {"NAME": Path(tempfile.gettempdir()) / f"implere-test-{os.getpid()}.sqlite3"},
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }


# Of several hosts the one that may be written to; a dead one is given up in seconds, and a wait for a lock ends.
POSTGRESQL = {
    "target_session_attrs": "read-write",
    "connect_timeout": "3",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "8000",
    "application_name": "implere",
    "options": "-c lock_timeout=15s -c idle_in_transaction_session_timeout=60s",
}


def postgresql(parameters: dict) -> dict:
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    rest = {name: value for name, value in parameters.items() if name not in named}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": f"implere_test_{os.getpid()}"},
        "OPTIONS": POSTGRESQL | rest,
    } | {django: parameters[libpq] for libpq, django in named.items() if libpq in parameters}


def read(environ=os.environ) -> Configuration:
    """The configuration from the environment. Creates nothing; raises ConfigurationError in words."""
    data = Path(environ.get("IMPLERE_DATA", "data")).absolute()
    port = environ.get("IMPLERE_PORT", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise ConfigurationError(f"IMPLERE_PORT is '{port}'. It must be a number from 1 to 65535.")
    address = environ.get("IMPLERE_ADDRESS", "").rstrip("/")
    if address and urlsplit(address).scheme not in ("http", "https"):
        raise ConfigurationError(f"IMPLERE_ADDRESS is '{address}'. It must begin with https:// or http://.")
    return Configuration(
        data=data,
        address=address,
        host=environ.get("IMPLERE_HOST", "127.0.0.1"),
        port=int(port),
        debug=environ.get("IMPLERE_DEBUG", "") == "1",
        secret_key=environ.get("IMPLERE_SECRET_KEY") or _secret_key(data / "secret-key"),
        postgresql=parameters(environ["IMPLERE_DATABASE"]) if environ.get("IMPLERE_DATABASE") else {},
        mail=mail_server(environ["IMPLERE_MAIL"], address) if environ.get("IMPLERE_MAIL") else None,
    )


def mail_server(address: str, program: str = "") -> MailServer:
    """The mail server in its address. Its sender is `?from=…`, else the user where that is an address."""
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ConfigurationError(
            "IMPLERE_MAIL must be like smtp://name:password@mail.example.dk:587/?from=implere@example.dk."
        )
    try:
        port = parts.port
    except ValueError:
        raise ConfigurationError("IMPLERE_MAIL has a port that is no number from 1 to 65535.") from None
    user = unquote(parts.username or "")
    host = urlsplit(program).hostname or "localhost"
    sender = parse_qs(parts.query).get("from", [user if "@" in user else f"implere@{host}"])[0]
    tls = parts.scheme == "smtps"
    return MailServer(
        parts.hostname,
        port or (465 if tls else 587 if user else 25),
        user,
        unquote(parts.password or ""),
        tls,
        sender,
    )


def parameters(address: str) -> dict:
    """libpq's parameters in a database's address, which may name several hosts."""
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise ConfigurationError(
            "PostgreSQL needs a library that is not installed: pip install 'implere[postgresql]'."
        ) from None
    if not address.startswith(("postgresql://", "postgres://")):
        raise ConfigurationError(
            "IMPLERE_DATABASE must begin with postgresql://. Without it, SQLite is used."
        )
    try:
        found = conninfo_to_dict(address)
    except ProgrammingError as error:
        raise ConfigurationError(f"IMPLERE_DATABASE can't be read: {error}.") from None
    if not found.get("dbname"):
        raise ConfigurationError("IMPLERE_DATABASE names no database: end it with one, such as /implere.")
    return found


def _secret_key(file: Path) -> str:
    """The kept key, or one for this process alone where nothing is kept yet (`prepare` keeps it)."""
    if file.exists():
        if key := file.read_text().strip():
            return key
        raise ConfigurationError(
            f"{file} is empty. Remove it, and a new key is made: everybody signs in again."
        )
    return os.environ.setdefault("_IMPLERE_KEY", secrets.token_urlsafe(48))


def hold(configuration: Configuration):
    """Holds the data folder for this process until the answer is closed: one server at a time writes to SQLite's file. The system
    lets it go when the process ends, however it ends. On PostgreSQL there may be several servers, and nothing is held."""
    if configuration.postgresql:
        return contextlib.nullcontext()
    file = (configuration.data / "held").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise ConfigurationError(
            f"Implere runs already with the data folder {configuration.data}. Stop it first, or choose another with IMPLERE_DATA."
        ) from None
    return file


def prepare(configuration: Configuration) -> None:
    """Makes the data folder and keeps the secret key in it, readable by its owner alone."""
    try:
        configuration.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ConfigurationError(
            f"The data folder {configuration.data} can't be made ({error.strerror}): choose another with IMPLERE_DATA."
        ) from None
    file = configuration.data / "secret-key"
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(configuration.secret_key)
