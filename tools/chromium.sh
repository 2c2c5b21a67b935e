#!/bin/sh
# The browser tests need Chromium. Installs Debian's package where that is possible, else says what to do.
command -v "${CHROMIUM:-chromium}" >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium from Debian's packages"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-color-emoji >/dev/null && exit 0
fi
echo "The browser tests need Chromium: install the package chromium (or set CHROMIUM to its path)."
exit 1
