#!/usr/bin/env bash
# Installs what the tests need that this machine lacks, builds, and runs every test there is.
# Ends with the line "N passed, N failed"; exits 0 only when nothing failed and something ran.
# usage: tests/run.sh [--no-install] [--no-hardware] [PROJECT ...]     PROJECT: Core, Firmware, Mqtt, Collector, Browser
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI="${CI:-true}"

install=yes hardware=yes projects=()
for argument in "$@"; do
  case "$argument" in
    --no-install) install=no ;;
    --no-hardware) hardware=no ;;
    Core|Firmware|Mqtt|Collector|Browser) projects+=("$argument") ;;
    *) echo "tests/run.sh: '$argument' is not known; allowed are --no-install, --no-hardware, Core, Firmware, Mqtt, Collector, Browser." >&2; exit 2 ;;
  esac
done
if [ ${#projects[@]} -eq 0 ]; then projects=(Core Firmware Mqtt Collector Browser); else hardware=no; fi

passed=0 failed=0
say() { printf '\n== %s\n' "$*"; }
fail() { echo "FAILED: $*" >&2; failed=$((failed + 1)); }
close() {
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

command -v dotnet >/dev/null || { fail "the .NET SDK is missing (global.json names the version): https://dot.net"; close; }

if [ "$install" = yes ]; then
  say "servers and tools of the tests"
  bash tests/install-servers.sh || fail "tests/install-servers.sh"
fi

say "build"
dotnet build Metering.sln -c Release -v q -nologo || { fail "the build"; close; }

results=artifacts/test-results
rm -rf "$results"
# The science runs twice: a French machine, in a zone with daylight saving, must find the same numbers.
runs=()
for project in "${projects[@]}"; do
  runs+=("$project")
  if [ "$project" = Core ]; then runs+=(Core-fr); fi
done
for run in "${runs[@]}"; do
  project="${run%-fr}" settings=()
  if [ "$run" != "$project" ]; then settings=(LANG=fr_FR.UTF-8 LC_ALL=fr_FR.UTF-8 TZ=Europe/Paris TEST_CULTURE=fr-FR); fi
  say "Metering.$project.Tests ${settings[*]}"
  env "${settings[@]}" dotnet test "tests/Metering.$project.Tests" -c Release --no-build -nologo --results-directory "$results/$run" \
    --logger "trx;LogFileName=results.trx" --logger "console;verbosity=minimal" --blame-hang-timeout 15m
  counters=$(grep -o '<Counters [^>]*>' "$results/$run/results.trx" 2>/dev/null | head -1)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  if [ -z "$counters" ]; then
    fail "Metering.$project.Tests left no result"
    continue
  fi
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed)))
  [ "$(count passed)" -gt 0 ] || fail "Metering.$project.Tests ran no test"
  [ "$(count total)" -eq "$(($(count passed) + $(count failed)))" ] || fail "Metering.$project.Tests did not run all of its tests"
done

if [ "$hardware" = yes ] && [ -f hardware/check.sh ]; then
  say "hardware"
  if [ "$install" = yes ]; then bash hardware/install-tools.sh || fail "hardware/install-tools.sh"; fi
  log=$(mktemp)
  bash hardware/check.sh 2>&1 | tee "$log"
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -1)
  rm -f "$log"
  if [ -n "$line" ]; then
    passed=$((passed + ${line%% *}))
    rest=${line#*, }
    failed=$((failed + ${rest%% *}))
  else
    fail "hardware/check.sh did not come to its end"
  fi
fi

close
