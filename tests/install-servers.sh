#!/bin/sh
# Installs the real servers that the tests start by themselves (Debian 12). Safe to run again. Tests that need a server
# that is not there say so and are skipped.
set -eu

install() {
    # $1 = program to look for, rest = packages
    program=$1
    shift
    if command -v "$program" >/dev/null 2>&1 || [ -x "/usr/sbin/$program" ]; then
        echo "$program: there"
        return
    fi
    [ -n "${updated:-}" ] || { apt-get update -qq; updated=1; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
    # The tests start their own, on loopback, with their own data; a system service is not wanted.
    if command -v systemctl >/dev/null 2>&1; then
        systemctl disable --now "$1" >/dev/null 2>&1 || true
    fi
    echo "$program: installed"
}

install influxd influxdb
# Not servers: what the tests of the note's formats read them with. Those tests fail where it is missing.
install chromium chromium
install pdftotext poppler-utils
install soffice libreoffice-writer-nogui libreoffice-calc-nogui
