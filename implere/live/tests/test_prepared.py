"""Prepared queries answer as Django's own do, with any values, on every connection."""

import pytest

from implere.live.models import Channel, Receipt
from implere.live.prepared import Prepared

pytestmark = pytest.mark.django_db

outcome = Prepared(
    lambda channel, command: Receipt.objects.filter(channel=channel, command_hash=command).values_list(
        "outcome"
    ),
    -7,
    "a hash",
)
channels = Prepared(lambda name: Channel.objects.filter(name__startswith=name), "a name%")
by_name = Prepared(lambda name: Channel.objects.filter(name=name).order_by(), "a name")


def test_it_answers_each_time_with_the_values_of_that_time():
    one, other = (Channel.objects.create(name=name, last_seq=number) for number, name in enumerate("ab"))
    Receipt.objects.create(channel=one, command_hash="x", outcome={"kept": [1, "æ"]})
    Receipt.objects.create(channel=other, command_hash="x", outcome={})
    assert outcome.one(one.pk, "x") == ({"kept": [1, "æ"]},)
    assert outcome.one(other.pk, "x") == ({},)
    assert outcome.one(one.pk, "y") is None
    assert by_name.one("b") == other and by_name.one("b").last_seq == 1
    assert by_name.all("c") == []


def test_what_it_finds_is_a_model_that_can_be_saved():
    Channel.objects.create(name="a")
    found = by_name.one("a")
    found.last_seq = 5
    found.save()
    assert Channel.objects.get(name="a").last_seq == 5


def test_a_sample_that_is_not_in_the_query_is_a_mistake():
    with pytest.raises(AssertionError, match="not in the query"):
        channels.all("a")


def test_what_is_asked_is_asked_as_one_statement(django_assert_num_queries):
    by_name.one("a")
    with django_assert_num_queries(1):
        by_name.one("'; DROP TABLE live_channel; --")
    assert Channel.objects.count() == 0
