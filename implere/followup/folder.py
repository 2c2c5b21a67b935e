"""Where there is no mail server: each mail becomes a file that a mail program opens, readable by its owner alone."""

import os
import re
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Writes to settings.EMAIL_FILE_PATH. The same mail once more takes the place of the first."""

    def send_messages(self, email_messages) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for each in email_messages:
            message = each.message()
            name = re.sub(r"[^\w-]", "", message["Message-ID"].split("@")[0])
            handle = os.open(folder / f"{name}.eml", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(message.as_bytes())
        return len(email_messages)
