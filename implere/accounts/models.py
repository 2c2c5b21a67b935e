"""People who prepare and run meetings. Those who only take part in one never have an account."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from uuid6 import uuid7


class User(AbstractUser):
    """Somebody who signs in. `name` is what others see."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120, blank=True)
    first_name = None
    last_name = None

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return str(self)


class SignInLink(models.Model):
    """A link that signs somebody in once. Only the hash of its secret is kept."""

    secret_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    leads_to = models.CharField(max_length=200, default="/")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class FailedSignIn(models.Model):
    """A wrong password, so that guessing is slowed down; rows are removed after a day."""

    name_hash = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
