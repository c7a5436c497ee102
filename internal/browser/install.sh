#!/bin/sh
# Gets what tests of the site's scripts and pages need, where it may: Debian's
# Chromium, node (and npm) and poppler-utils, which reads PDFs, if we are root, and axe-core
# from npm (and with the word "lighthouse", Lighthouse), into the user's cache, outside the repository. It never fails:
# the tests say what is missing, as a skip on a person's machine and as a
# failure under CI=true.
axe=4.14.1
lighthouse=13.5.0

wanted=
has_browser() { command -v "${CHROMIUM:-chromium}" >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
has_browser || command -v chromium-headless-shell >/dev/null || wanted=chromium
command -v node >/dev/null || wanted="$wanted nodejs" # the search's and the Word files' scripts
command -v pdftohtml >/dev/null || wanted="$wanted poppler-utils"

case $(uname) in
Darwin) cache=$HOME/Library/Caches ;; # as Go's os.UserCacheDir has it
*) cache=${XDG_CACHE_HOME:-$HOME/.cache} ;;
esac
cache=$cache/peppermill-axe
has_axe() { [ -n "$AXE_CORE" ] || grep -qs "\"version\": \"$axe\"" "$cache/node_modules/axe-core/package.json"; }
has_lighthouse() { [ "$1" != lighthouse ] || grep -qs "\"version\": \"$lighthouse\"" "$cache/node_modules/lighthouse/package.json"; }
{ has_axe && has_lighthouse "$1"; } || command -v npm >/dev/null || wanted="$wanted npm"

# Chromium without its own windows takes half the time. It is got where there is no
# browser yet, and under CI=true, if this Debian has it.
if ! command -v chromium-headless-shell >/dev/null && { [ "$wanted" != "${wanted#chromium}" ] || [ "$CI" = true ]; } &&
	[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	apt-cache show chromium-headless-shell >/dev/null 2>&1 || apt-get update -qq >/dev/null
	if apt-cache show chromium-headless-shell >/dev/null 2>&1; then
		wanted="chromium-headless-shell ${wanted#chromium}"
	fi
fi

if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "installing$(printf ' %s' $wanted) for the tests"
	apt-get update -qq >/dev/null &&
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null ||
		echo "apt-get could not install$(printf ' %s' $wanted)"
fi

get() {
	mkdir -p "$cache" &&
		npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$cache" "$1" >/dev/null 2>&1 ||
		echo "npm could not install $1 into $cache"
}
if command -v npm >/dev/null; then
	has_axe || get "axe-core@$axe"
	has_lighthouse "$1" || get "lighthouse@$lighthouse"
fi
exit 0
