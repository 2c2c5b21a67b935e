"""Join codes: six signs nobody mistakes, found however they are typed; nothing else passes for one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules import codes

few = settings(max_examples=40, deadline=None)
a_code = st.text(alphabet=codes.ALPHABET, min_size=6, max_size=6)


def test_no_sign_can_be_taken_for_another():
    assert not set(codes.ALPHABET) & set("0O1I")
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET) == 32
    assert codes.ALPHABET.upper() == codes.ALPHABET


def test_a_new_code_is_six_of_those_signs_and_hardly_ever_the_same_twice():
    made = [codes.make() for _ in range(200)]
    assert all(len(code) == 6 and set(code) <= set(codes.ALPHABET) for code in made)
    assert len(set(made)) > 195


def test_every_sign_is_used():
    assert set("".join(codes.make() for _ in range(500))) == set(codes.ALPHABET)


@given(a_code, st.sampled_from(["", " ", "-", " - ", "\t", "\u00a0"]), st.booleans())
@few
def test_a_code_read_aloud_in_two_halves_is_found_however_it_is_typed(code, between, small):
    typed = f"  {code[:3]}{between}{code[3:]}\n"
    assert codes.normalise(typed.lower() if small else typed) == code


TYPED_WRONG = [
    "",
    "   ",
    "-",
    "ABCDE",
    "ABCDEFG",
    "ABCDE0",
    "ABCDEO",
    "ABCDE1",
    "ABCDEI",
    "ABCDEÆ",
    "ABC.DEF",
    "ABC/DEF",
]


@pytest.mark.parametrize("typed", TYPED_WRONG)
def test_what_cannot_be_a_code_is_nothing(typed):
    assert codes.normalise(typed) == ""


@given(
    st.one_of(st.text(max_size=12), st.text(alphabet=codes.ALPHABET + "0O1I -abcß", min_size=5, max_size=9))
)
@few
def test_whatever_is_typed_comes_out_as_a_code_or_as_nothing(typed):
    code = codes.normalise(typed)
    assert code == "" or (len(code) == 6 and set(code) <= set(codes.ALPHABET))
    assert codes.normalise(code) == code


@pytest.mark.parametrize("dash", ["–", "—", "\u2011"])
def test_a_longer_dash_is_a_dash_too(dash):
    assert codes.normalise(f"ABC{dash}DEF") == "ABCDEF"
