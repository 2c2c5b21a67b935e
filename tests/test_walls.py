"""The wall between organisations, and the shape of the program."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from implere.example import seed

PROJECT = Path(__file__).parents[1]
OURS = [model for model in apps.get_models() if model.__module__.startswith("implere.")]
# Rows that belong to no organisation: people who sign in, the log, and what hangs on one activity alone.
WITHOUT_ORGANISATION = {
    "User",
    "SignInLink",
    "FailedSignIn",
    "Organisation",
    "Channel",
    "Event",
    "Receipt",
    "ActivityKey",
}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_row_belongs_to_an_organisation(model):
    names = {field.name for field in model._meta.fields}
    assert "organisation" in names or model.__name__ in WITHOUT_ORGANISATION


def foreign_keys():
    """Every (model, field) that points from one organisation's row to another row with an organisation."""
    owned = [model for model in OURS if "organisation" in {field.name for field in model._meta.fields}]
    for model in owned:
        for field in model._meta.fields:
            if isinstance(field, models.ForeignKey) and field.related_model in owned:
                yield model, field


@pytest.mark.django_db
def test_no_row_points_into_another_organisation():
    """Walks every foreign key of the example's rows, and compares both ends."""
    seed()
    walked = 0
    for model, field in foreign_keys():
        rows = model.objects.filter(**{f"{field.name}__isnull": False})
        walked += rows.count()
        astray = rows.exclude(organisation_id=models.F(f"{field.name}__organisation_id"))
        assert not astray.exists(), f"{model.__name__}.{field.name}"
    assert walked > 200


def test_no_file_is_longer_than_five_hundred_lines():
    long = [
        file.relative_to(PROJECT)
        for pattern in ("*.py", "*.ts", "*.css", "*.html")
        for file in (PROJECT / "implere").rglob(pattern)
        if "built" not in file.parts and len(file.read_text().splitlines()) > 500
    ]
    assert not long


DRAWERS = re.compile(r"^(utils|helpers|services|common|core|managers|misc)(\.py)?$")


def test_there_are_no_drawers():
    assert not [path for path in (PROJECT / "implere").rglob("*") if DRAWERS.match(path.name)]


def test_no_form_of_ours_has_inline_script_or_style():
    odd = [
        file.relative_to(PROJECT)
        for file in (PROJECT / "implere").rglob("templates/**/*.html")
        if re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|\shx-on", file.read_text())
    ]
    assert not odd


def test_the_locks_carry_no_address():
    for name in (
        "requirements/run.txt",
        "requirements/dev.txt",
        "package-lock.json",
        ".npmrc",
        "pyproject.toml",
        "package.json",
    ):
        text = (PROJECT / name).read_text()
        assert not re.search(r'"resolved"|--(extra-)?index-url|--find-links|registry\.|pypi\.', text), name
