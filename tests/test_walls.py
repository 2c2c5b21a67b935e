"""The wall between organisations, and the shape of the program."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

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
    for model in OURS:
        for field in model._meta.fields:
            if isinstance(field, models.ForeignKey) and "organisation" not in (
                field.name,
                field.related_model._meta.model_name,
            ):
                if {"organisation"} <= {f.name for f in model._meta.fields} & {
                    f.name for f in field.related_model._meta.fields
                }:
                    yield model, field


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
