"""What a command answers with: HTML fragments for the script, a redirect for a plain form."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe


def is_fragment_request(request) -> bool:
    """Whether the script asks (it swaps fragments), rather than a plain form or link."""
    return request.headers.get("HX-Request") == "true"


def answer(request, fragments: str | list[str] = "", status: int = 200, location: str | None = None):
    """Fragments for the script; for a plain form a 303 to `location`.

    Each top-level element of `fragments` carries an id and is swapped by the rule in `ts/swap.ts`, which is
    the stream's rule too. With `location` and no fragments the script goes to `location`. An error (4xx) to a
    plain form is a whole page, and drawing that is the view's matter.
    """
    html = fragments if isinstance(fragments, str) else "".join(fragments)
    if is_fragment_request(request):
        response = HttpResponse(mark_safe(html), status=status)
        if location and not html:
            response["HX-Redirect"] = location
        response["Vary"] = "HX-Request"
        return response
    if location:
        return HttpResponseRedirect(location, status=303)
    return HttpResponse(html, status=status)
