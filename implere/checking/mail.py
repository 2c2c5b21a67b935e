"""Whether mails leave."""

import smtplib

from django.core.mail import get_connection


def remarks(configuration) -> list[str]:
    """What is no fault, but worth knowing."""
    if configuration.mail is not None:
        return []
    return [
        f"There is no mail server: mails are written to {configuration.mail_folder} and nobody gets them. Set IMPLERE_MAIL"
        " to send them."
    ]


def server(configuration) -> list[str]:
    if configuration.mail is None:
        return []
    if not configuration.address:
        return ["IMPLERE_MAIL is set, but not IMPLERE_ADDRESS: the links in the mails would lead nowhere."]
    try:
        connection = get_connection(timeout=5)
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        return [
            f"The mail server {configuration.mail.host} can't be used ({type(error).__name__}): look at IMPLERE_MAIL and the"
            " network. Mails wait meanwhile."
        ]
    return []
