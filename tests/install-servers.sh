#!/usr/bin/env bash
# Installs the servers and tools that the tests run against (Debian 12). Idempotent and quiet; the daemons that packages
# start are stopped and disabled, since the tests start their own on loopback ports with their own folders.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
# want PROGRAM-OR-PATH PACKAGE
want() { command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || [ -x "/usr/sbin/$1" ] || missing+=("$2"); }
want influxd influxdb
want mosquitto mosquitto
want mosquitto_pub mosquitto-clients
want /usr/lib/rabbitmq rabbitmq-server
want openssl openssl
want node nodejs
want npm npm
# Not servers: what the tests of the note and of the pages read them with.
want chromium chromium
want pdftotext poppler-utils
want soffice libreoffice-writer-nogui
want /usr/lib/libreoffice/program/libscfiltlo.so libreoffice-calc-nogui

if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || { echo "install-servers.sh: no apt-get; install by hand: ${missing[*]}" >&2; exit 1; }
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  log=$(mktemp)
  if ! { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
  if [ -d /run/systemd/system ]; then
    for unit in influxdb mosquitto rabbitmq-server; do
      case " ${missing[*]} " in *" $unit "*) $sudo systemctl disable --now "$unit" >/dev/null 2>&1 || true ;; esac
    done
  fi
fi

# An MQTT client and accessibility checks that nobody here wrote, at the versions of the lock file.
if [ ! -d interop/node_modules/mqtt ] || [ interop/package-lock.json -nt interop/node_modules/.package-lock.json ]; then
  (cd interop && npm ci --silent --no-audit --no-fund --ignore-scripts)
fi
