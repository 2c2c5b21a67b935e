"""What an operator may set: a handful of `IMPLERE_…` variables with safe defaults (docs/operators/settings.md)."""

import fcntl
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SETTINGS = {
    "IMPLERE_DATA": "the folder that holds the database and the secret key",
    "IMPLERE_ADDRESS": "the address that people use, such as https://implere.example.dk",
    "IMPLERE_HOST": "the address that the server listens on",
    "IMPLERE_PORT": "the port that the server listens on",
    "IMPLERE_DEBUG": "1 shows the cause of an error in the browser; for developers only",
}


class ConfigurationError(Exception):
    """A setting that can't be used; the message is a sentence for the operator."""


@dataclass(frozen=True)
class Configuration:
    """All that is set, read once at start."""

    data: Path
    address: str
    host: str
    port: int
    debug: bool
    secret_key: str

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
    def database(self) -> dict:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": self.data / "implere.sqlite3",
            "CONN_MAX_AGE": None,
            # a real file: what is left in it is tested as well
            "TEST": {"NAME": Path(tempfile.gettempdir()) / f"implere-test-{os.getpid()}.sqlite3"},
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            },
        }


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
        secret_key=_secret_key(data / "secret-key"),
    )


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
    """Holds the data folder for this process until the answer is dropped: one server at a time writes to it. The system lets it
    go when the process ends, however it ends."""
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
