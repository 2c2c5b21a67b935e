from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from implere.accounts import commands
from implere.accounts.access import for_audience
from implere.accounts.forms import SignInForm
from implere.accounts.middleware import LANGUAGE_COOKIE


def _inside(request, path: str) -> str:
    """The path, if it is one of ours; else the start."""
    return path if url_has_allowed_host_and_scheme(path, {request.get_host()}) else "/"


@for_audience("anyone")
@require_http_methods(["GET", "POST"])
def sign_in(request):
    leads_to = _inside(request, request.POST.get("next") or request.GET.get("next") or "/")
    form = SignInForm(request.POST or None)
    if form.is_valid():
        username = form.cleaned_data["username"]
        if commands.guesses_used_up(username):
            form.add_error(None, _("Too many wrong passwords. Wait a quarter of an hour and try again."))
        elif user := authenticate(request, username=username, password=form.cleaned_data["password"]):
            login(request, user)
            return redirect(leads_to)
        else:
            commands.note_failed_sign_in(username)
            form.add_error(None, _("The name or the password is wrong."))
    return render(
        request,
        "accounts/sign_in.html",
        {"form": form, "next": leads_to},
        status=422 if form.errors else 200,
    )


@for_audience("anyone")
@require_http_methods(["GET", "POST"])
def sign_in_by_link(request, secret):
    """A GET only shows a button, since mail scanners and previews open links; the POST spends it. From a terminal on
    the same machine (`?now`) it is spent at once."""
    if request.method == "GET" and "now" not in request.GET:
        return render(request, "accounts/sign_in_by_link.html")
    link = commands.spend_sign_in_link(secret)
    if link is None:
        if request.user.is_authenticated:
            return redirect("/")
        return render(request, "accounts/link_spent.html", status=410)
    login(request, link.user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(link.leads_to)


@for_audience("anyone")
@require_POST
def sign_out(request):
    logout(request)
    return redirect("accounts:sign_in")


@for_audience("anyone")
@require_POST
def choose_language(request):
    response = HttpResponseRedirect(_inside(request, request.POST.get("next", "/")))
    if (code := request.POST.get("language", "")) in dict(settings.LANGUAGES):
        response.set_cookie(
            LANGUAGE_COOKIE, code, max_age=365 * 86400, samesite="Lax", secure=settings.HTTPS, httponly=True
        )
    return response


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def password(request):
    form = SetPasswordForm(request.user, request.POST or None)
    if form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        messages.success(request, _("Your password is changed."))
        return redirect("/")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)
