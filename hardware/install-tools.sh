#!/bin/bash
# SPDX-License-Identifier: CERN-OHL-W-2.0
# Installs what hardware/check.sh needs: KiCad 9 (from the distribution's backports when the release itself has an
# older one), ngspice, OpenSCAD and numpy. Debian or a derivative, run as root. May be run again at any time.
#
# The mirror is the one that this machine's apt sources already name: no host is written here. Where KiCad 9 cannot be
# had the script ends with code 1 and says so; it never goes on with an older KiCad, whose kicad-cli has no ERC.
set -uo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

die() { printf '\ninstall-tools: FAILED: %s\n' "$*" >&2; exit 1; }
say() { printf 'install-tools: %s\n' "$*"; }

kicad_major() { kicad-cli version 2>/dev/null | cut -d. -f1; }
kicad_python() { /usr/bin/python3 -c "import pcbnew, numpy" 2>/dev/null; }
have_all() {
  [ "$(kicad_major)" = 9 ] && kicad_python && command -v ngspice >/dev/null && command -v openscad >/dev/null \
    && [ -d /usr/share/kicad/symbols ] && [ -d /usr/share/kicad/footprints ]
}

if have_all; then say "already there: KiCad $(kicad-cli version), ngspice, OpenSCAD"; exit 0; fi
[ "$(id -u)" = 0 ] || die "not root: run it as root (or with sudo)"
command -v apt-get >/dev/null || die "no apt-get: this script knows Debian and its derivatives; install KiCad 9 by hand"
[ -r /etc/os-release ] || die "no /etc/os-release: cannot tell which release this is"
. /etc/os-release
codename=${VERSION_CODENAME:-}
[ -n "$codename" ] || die "no VERSION_CODENAME in /etc/os-release"

# The first archive that the machine's own sources use for its release, in either format of sources.
archive_of() {
  { awk '/^deb[ \t]/ { u=""; for (i = 2; i <= NF; i++) if ($i ~ /^[a-z+]+:/) { u=$i; s=$(i+1); break } if (s == c) { print u; exit } }' \
      c="$codename" /etc/apt/sources.list /etc/apt/sources.list.d/*.list
    awk 'BEGIN { RS="" } { u=""; s=""; n=split($0, l, "\n")
           for (i = 1; i <= n; i++) { if (l[i] ~ /^URIs:/) { split(l[i], a, /[ \t]+/); u=a[2] } if (l[i] ~ /^Suites:/) s=" " substr(l[i], 8) " " }
           if (index(s, " " c " ")) { print u; exit } }' c="$codename" /etc/apt/sources.list.d/*.sources
  } 2>/dev/null | head -1
}

update() { apt-get update -q >/tmp/install-tools.log 2>&1 || { tail -5 /tmp/install-tools.log; return 1; }; }
candidate() { apt-cache madison kicad 2>/dev/null | awk -F'|' '{ gsub(/ /, "", $2); print $2 }' | grep -E '^(1:)?9\.' | head -1; }

update || say "apt-get update reported errors (a source may be unreachable); going on with what can be read"
suite=""
if [ -z "$(candidate)" ]; then
  archive=$(archive_of)
  [ -n "$archive" ] || die "no archive for $codename in the apt sources: cannot find its backports"
  list=/etc/apt/sources.list.d/backports.list
  grep -qs "$codename-backports" "$list" || echo "deb $archive $codename-backports main" > "$list"
  update || say "apt-get update reported errors after adding $codename-backports"
fi
[ -n "$(candidate)" ] || die "no KiCad 9 in $codename nor in $codename-backports.
  The backports may have been archived. Use a base image of a newer release (trixie has KiCad 9.0) and run this again."
apt-cache madison kicad | grep -E '\| *(1:)?9\.' | grep -q "$codename-backports" && suite="/$codename-backports"

# One command and no -t: with -t the graphics libraries come from backports too and OpenSCAD is no longer installable.
say "installing KiCad $(candidate)${suite:+ from ${suite#/}}, ngspice, OpenSCAD (about 1 GB on disk)"
apt-get install -y -q --no-install-recommends \
  "kicad$suite" "kicad-symbols$suite" "kicad-footprints$suite" python3-numpy ngspice openscad >/tmp/install-tools.log 2>&1 \
  || { tail -15 /tmp/install-tools.log; die "apt-get install"; }

have_all || die "installed, but a tool is still missing: KiCad '$(kicad_major)', pcbnew $(kicad_python && echo yes || echo no), \
ngspice '$(command -v ngspice)', openscad '$(command -v openscad)'"
say "done: KiCad $(kicad-cli version), $(ngspice --version 2>/dev/null | grep -o 'ngspice-[0-9.]*' | head -1), $(openscad --version 2>&1)"
