#!/bin/sh
# Sets up what a make target needs: `setup.sh site` (build and serve) or `setup.sh test` (also tests).
# Installs missing system packages on Debian and Ubuntu when run as root or with sudo; elsewhere it
# names, in one line, what is missing and the command that mends it.
set -eu
what=${1:-}
venv=.venv
python=${PYTHON:-python3}

fail() {
  echo "setup: $1" >&2
  exit 1
}

case $what in
  site | test) ;;
  *) fail "用法 / usage: sh setup.sh site|test" ;;
esac

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo "$@"
  elif command -v sudo >/dev/null 2>&1 && [ -t 0 ]; then sudo "$@"
  else return 1
  fi
}

# apt PACKAGE...: install, or say how. Package lists are read once if a package is not known.
apt() {
  command -v apt-get >/dev/null 2>&1 || return 1
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
  as_root apt-get update -qq >/dev/null 2>&1 || return 1
  as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

command -v "$python" >/dev/null 2>&1 || apt python3 ||
  fail "找不到 Python / no Python found; run: sudo apt-get install python3 python3-venv"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "需要 Python 3.11 以上 / Python 3.11 or newer is needed; run: make PYTHON=python3.11 (sudo apt-get install python3.11 python3.11-venv)"
"$python" -c 'import ensurepip, venv' 2>/dev/null || apt python3-venv ||
  fail "缺少 venv / venv is missing; run: sudo apt-get install python3-venv"
command -v git >/dev/null 2>&1 || apt git ||
  fail "缺少 git / git is missing; run: sudo apt-get install git"

[ -x "$venv/bin/python" ] && "$venv/bin/python" -c '' 2>/dev/null || {
  echo "setup: 创建 Python 环境 / making the Python environment …"
  rm -rf "$venv"
  "$python" -m venv "$venv"
}

echo "setup: 安装依赖 / installing dependencies ($what) …"
# A test environment holds all that the site needs; going back to `site` must not remove the rest.
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes \
  -r "requirements/$what.lock" ||
  fail "依赖没有装上 / dependencies could not be installed; check the network and run: make $what"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation \
  --editable .
touch "$venv/.site"
[ "$what" = test ] || exit 0

# The browser: Debian's package, else Playwright's own download (Ubuntu's package is a snap, which
# containers cannot run). Chinese fonts, so that pages are measured as readers see them.
browser() {
  for name in chromium google-chrome-stable google-chrome; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  "$venv/bin/python" - <<'PY' 2>/dev/null
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
PY
}
distribution=$(. /etc/os-release 2>/dev/null && echo "${ID:-}" || true)
if ! browser; then
  echo "setup: 安装浏览器 / installing the browser …"
  if [ "$distribution" = debian ]; then apt chromium || true; fi
  browser || as_root "$PWD/$venv/bin/playwright" install-deps chromium >/dev/null 2>&1 || true
  browser || "$venv/bin/playwright" install chromium >/dev/null 2>&1 || true
  browser || fail "没有浏览器 / no browser; run: sudo apt-get install chromium (Debian) or: $venv/bin/playwright install --with-deps chromium"
fi
if command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ]; then :; else
  apt fonts-noto-cjk fontconfig ||
    fail "缺少中文字体 / Chinese fonts are missing; run: sudo apt-get install fonts-noto-cjk fontconfig"
fi

# The web servers whose configuration lies in deploy/. They are here to be tested: what installing
# them would start is not started, now or with the machine.
servers() { command -v nginx >/dev/null 2>&1 && [ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] && command -v caddy >/dev/null 2>&1; }
if ! servers; then
  echo "setup: 安装网页服务器 / installing the web servers …"
  RUNLEVEL=1 apt nginx libnginx-mod-http-brotli-static caddy || true
  as_root systemctl disable --now nginx caddy >/dev/null 2>&1 || true
  servers || fail "缺少网页服务器 / web servers are missing; run: sudo apt-get install nginx libnginx-mod-http-brotli-static caddy"
fi
command -v pdftotext >/dev/null 2>&1 || apt poppler-utils ||
  fail "缺少 / missing: pdftotext; run: sudo apt-get install poppler-utils"
command -v faketime >/dev/null 2>&1 || apt faketime ||
  fail "缺少 / missing: faketime; run: sudo apt-get install faketime"
touch "$venv/.test"
