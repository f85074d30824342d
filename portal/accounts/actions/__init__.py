"""What a person does with their own account, and mails to single people."""

from portal.accounts.actions.closing import close
from portal.accounts.actions.mailing import mail, send_mail, sweep_mails

__all__ = ["close", "mail", "send_mail", "sweep_mails"]
