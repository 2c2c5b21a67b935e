"""The catalogue of parts: every part in every state on one page, and an example of each screen. The program
itself has no address for it; the tests look at it, and so can a developer (docs/developers/look.md)."""

from datetime import timedelta
from pathlib import Path

from django import forms
from django.http import HttpResponse
from django.template import engines
from django.utils import timezone

PAGES = ("parts", "phone", "screen", "themes", "desk")


class ExampleForm(forms.Form):
    title = forms.CharField(
        label="Tiltagets navn", max_length=120, help_text="Som I selv kalder det til daglig."
    )
    owner = forms.CharField(label="Tovholder", max_length=60, required=False)
    size = forms.ChoiceField(
        label="Hvor mange berører det?", choices=[("s", "Én enhed"), ("m", "Flere enheder")]
    )
    meeting_day = forms.DateField(label="Dato", widget=forms.DateInput(attrs={"type": "date"}))
    agreed = forms.BooleanField(label="Aftalt med MED-udvalget", required=False)


def catalogue(request, name: str = "parts"):
    """One page of the catalogue: `parts`, or an example of a whole screen."""
    source = (Path(__file__).parent / f"{name}.html").read_text()
    form = ExampleForm({"title": "", "size": "s", "meeting_day": ""})
    return HttpResponse(engines["django"].from_string(source).render(_facts() | {"form": form}, request))


def _facts() -> dict:
    return {
        "approaches": [
            (1, "arrow-right", "Gør det!", "Ledelsen beslutter, alle gør det på samme måde"),
            (2, "sprout", "Tag selv", "Rammen er klar; enhederne vælger selv hvornår og hvordan"),
            (3, "circles", "Tæt på", "Ledere og vejledere er med i hverdagen"),
            (4, "network", "Vi gør det sammen", "De berørte udvikler det sammen"),
        ],
        "agenda": [
            (
                "Trin 1 · Fælles overblik",
                [("Brainstorm", 12, 100), ("Temaer og valg", 15, 100), ("Udfordringer", 3, 100)],
            ),
            (
                "Trin 2 · De fire tilgange",
                [
                    ("Placering", 39, 50),
                    ("Pause", 12, 0),
                    ("Fem spørgsmål", 22, 0),
                    ("Før, under og efter", 14, 0),
                    ("Ledelse: hvad gør jeg selv?", 9, 0),
                ],
            ),
            (
                "Trin 3 · Status og næste skridt",
                [("Forslag", 9, 0), ("Vurdering", 7, 0), ("Næste skridt", 18, 0)],
            ),
        ],
        "answers": [
            ("Ny kvalitetsmodel på skolerne", 21),
            ("MitID Erhverv i alle enheder", 20),
            ("Rehabilitering i hjemmeplejen", 18),
            ("Velfærdsteknologi på plejecentre", 17),
            ("Sygefravær: tidlig samtale", 15),
            ("Mellemformer i indskolingen", 14),
        ],
        "zones": [
            (
                "Ældre og sundhed",
                19,
                "Rehabilitering i hjemmeplejen",
                7,
                [
                    ("Overgang fra sygehus til eget hjem", "leaders"),
                    ("Hvem ringer når borgeren kommer hjem fredag kl 16?", "employees"),
                    ("Velfærdstek. på plejecentrene – hvem lærer os det?", "employees"),
                ],
            ),
            (
                "Skole og børn",
                16,
                "Mellemformer i indskolingen",
                6,
                [
                    ("Ny kvalitetsmodel på skolerne", "leaders"),
                    ("co-teaching er fint, men hvornår skal vi forberede?", "employees"),
                    ("Overgang børnehave → skole", "leaders"),
                ],
            ),
            (
                "Arbejdsliv",
                14,
                "Sygefravær: tidlig samtale",
                5,
                [
                    ("Nye kolleger siger op inden for et år", "employees"),
                    ("Rekruttering af sosu-assistenter", "leaders"),
                ],
            ),
            (
                "Digitalisering",
                12,
                "MitID Erhverv i alle enheder",
                4,
                [("vikarer kan ikke logge på", "employees"), ("Digital post, ny løsning", "leaders")],
            ),
            (
                "Endnu uden tema",
                7,
                "",
                0,
                [
                    ("Færre projekter!!", "employees"),
                    ("Grønne indkøb", "leaders"),
                    ("mødekultur", "employees"),
                ],
            ),
        ],
        "trail": [("Forløb", "#"), ("Efterår 2026", "#"), ("Ledergruppen", "")],
        "steps": [("Fælles overblik", 100, "#"), ("De fire tilgange", 50, "#"), ("Næste skridt", 0, "")],
        "move_zones": [("1", "Ældre og sundhed"), ("2", "Skole og børn"), ("3", "Arbejdsliv")],
        "when": timezone.now(),
        "ends": timezone.now() + timedelta(minutes=18, seconds=20),
        "today_onwards": [("i-dag", "I dag"), ("fremover", "Fremover")],
        "split": [(1, 10), (2, 9), (3, 2), (4, 1)],
    }
