"""Who is let go when there are too many: what has waited longest, by the participant first; a room behind one address is not harmed."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from uvicorn.middleware.proxy_headers import _TrustedHosts

from implere import doorkeeper
from implere.doorkeeper import Doorkeeper, network
from implere.server import StreamProtocol


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def door(clock):
    return Doorkeeper(10_000, {"127.0.0.1"}, clock)


class Stream:
    def __init__(self, who="", channel="meeting/1"):
        self.ticket = SimpleNamespace(channel=channel, who=who)


def test_of_an_address_that_only_waits_the_one_that_waited_longest_goes(door):
    for number in range(doorkeeper.WAITING):
        assert door.come(number, "10.0.0.1") == []
    assert door.come("new", "10.0.0.1") == [0]
    door.go(0)
    assert door.come("newer", "10.0.0.1") == [1]
    assert door.come("elsewhere", "10.0.0.2") == []


def test_who_is_answered_does_not_count_as_waiting(door):
    for number in range(doorkeeper.WAITING + 10):
        assert door.come(number, "10.0.0.1") == []
        door.serve(number)
    assert door.overdue() == []


def test_a_proxy_speaks_for_many_and_is_not_held_to_one_address(door):
    assert all(door.come(number, "127.0.0.1") == [] for number in range(doorkeeper.WAITING + 10))


def test_in_all_there_is_room_for_so_many_and_the_address_with_most_gives_way(clock):
    door = Doorkeeper(10, {"127.0.0.1"}, clock)
    for number in range(7):
        door.come(number, "10.0.0.1")
    for number in range(7, 10):
        door.come(number, "10.0.0.2")
    assert door.come("new", "10.0.0.3") == [0]


def test_where_all_are_answered_it_is_the_new_one_that_goes(clock):
    door = Doorkeeper(2, (), clock)
    for number in range(2):
        door.come(number, "10.0.0.1")
        door.serve(number)
    assert door.come("new", "10.0.0.3") == ["new"]


def test_a_head_and_a_body_have_their_time(door, clock):
    door.come("slow", "10.0.0.1")
    door.come("body", "10.0.0.1")
    door.wait("body", doorkeeper.BODY)
    clock.now = doorkeeper.HEAD + 1
    assert door.overdue() == ["slow"]
    door.go("slow")
    clock.now = doorkeeper.BODY + 1
    assert door.overdue() == ["body"]


def test_what_has_gone_is_not_waited_for(door, clock):
    door.come("gone", "10.0.0.1")
    door.go("gone")
    door.wait("gone", 1)
    clock.now = 1000
    assert door.overdue() == []


def test_of_one_participants_streams_the_oldest_goes_and_nobody_elses(door):
    mine = [Stream("7") for _number in range(doorkeeper.OF_A_PERSON)]
    assert all(door.listen(each, "10.0.0.1") == [] for each in mine)
    assert door.listen(Stream("8"), "10.0.0.1") == []
    assert door.listen(Stream("7", "meeting/2"), "10.0.0.1") == []
    assert door.listen(Stream("7"), "10.9.9.9") == [mine[0]]
    door.leave(mine[0])
    door.leave(mine[0])
    assert door.listen(Stream("7"), "10.9.9.9") == [mine[1]]


def test_a_whole_meeting_of_two_thousand_listens_from_one_address(door):
    assert all(door.listen(Stream(str(number)), "10.0.0.1") == [] for number in range(2000))
    assert all(door.listen(Stream(), "10.0.0.1") == [] for _desk in range(20))


def test_an_address_has_a_bound_and_what_has_left_makes_room(door):
    streams = [Stream(str(number)) for number in range(doorkeeper.OF_AN_ADDRESS)]
    assert all(door.listen(each, "10.0.0.1") == [] for each in streams)
    late = Stream("late")
    assert door.listen(late, "10.0.0.1") is None
    door.leave(late)  # was never let in
    door.leave(streams[0])
    assert door.listen(late, "10.0.0.1") == []


def test_where_a_proxy_does_not_say_who_asks_there_is_no_bound_by_address(door):
    assert all(door.listen(Stream(str(n)), "") == [] for n in range(doorkeeper.OF_AN_ADDRESS + 1))
    assert all(door.listen(Stream(), "") == [] for _desk in range(doorkeeper.OF_NOBODY + 1))


def test_nothing_is_kept_of_who_has_gone(door):
    for number in range(50):
        door.come(number, f"10.0.0.{number}")
        each = Stream(str(number))
        door.listen(each, f"10.0.0.{number}")
        door.leave(each)
        door.go(number)
    assert not (door._all or door._waiting or door._streams or door._of_address or door._whose)


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("a:b:c", "a:b:c"),
        ("", ""),
    ],
)
def test_a_house_with_ipv6_is_one_address(host, counted):
    assert network(host) == counted


@pytest.mark.parametrize(
    ("peer", "forwarded", "host"),
    [
        ("127.0.0.1", b"203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", b"203.0.113.9:4711", "203.0.113.9"),
        ("127.0.0.1", b"1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", b"203.0.113.9, 127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", b"", ""),
        ("10.0.0.1", b"203.0.113.9", "10.0.0.1"),
        ("10.0.0.1", b"127.0.0.1", "10.0.0.1"),
    ],
)
def test_a_proxy_says_who_asks_and_nobody_else_does(peer, forwarded, host):
    """What a phone says itself stands before what the proxy adds."""
    protocol = StreamProtocol.__new__(StreamProtocol)
    protocol.client = (peer, 4711)
    protocol.door = Doorkeeper(10, _TrustedHosts("127.0.0.1,::1"))
    assert protocol._host({b"x-forwarded-for": forwarded} if forwarded else {}) == host
