#!/usr/bin/env bash
# The same load against mosquitto with persistence and against the collector, in turn, on this machine; prints the ratio.
# The collector decodes, validates, deduplicates and synchronises to disk before it acknowledges; mosquitto acknowledges
# from memory and saves a snapshot every second.
# usage: side-by-side.sh [SECONDS] [IDLE-CONNECTIONS]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-10} idle=${2:-10000}
dotnet build tests/Metering.Benchmarks -c Release -v q -nologo >&2
bin=artifacts/bin/Metering.Benchmarks/release
work=$(mktemp -d)
servers=()
cleanup() {
  for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

await() { for _ in $(seq 1 300); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0; sleep 0.1; done; echo "port $1 never opened" >&2; return 1; }
load() { "$bin/Metering.Benchmarks" mqtt --to "127.0.0.1:$1" --pid "$2" --warm-up 8 --json "${@:3}"; }
field() { sed -n "s/.*\"$2\":\([0-9.]*\).*/\1/p" <<<"$1"; }
ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"

mkdir -p "$work/m"
cat >"$work/m.conf" <<CONF
$([ "$(id -u)" -eq 0 ] && echo "user root")
persistence true
persistence_location $work/m/
autosave_interval 1
max_inflight_messages 100
max_queued_messages 65000
log_type error
allow_anonymous true
listener 21983 127.0.0.1
CONF
"$(command -v mosquitto || echo /usr/sbin/mosquitto)" -c "$work/m.conf" & servers+=($!)
await 21983
# A durable session that is away gives the persistence something to keep, as a collector would.
mosquitto_sub -p 21983 -i away -c -q 1 -t 'metering/v1/#' -E
echo "mosquitto   $(load 21983 "${servers[0]}" --seconds "$seconds" | tee "$work/mosquitto")"
kill "${servers[0]}"; wait "${servers[0]}" 2>/dev/null || true

echo '{"Mqtt":{"Port":21984,"Anonymous":true},"Http":{"Port":-1}}' >"$work/c.json"
"$bin/metering" serve --data "$work/data" --config "$work/c.json" >"$work/ready" & servers+=($!)
await 21984
echo "collector   $(load 21984 "${servers[1]}" --seconds "$seconds" | tee "$work/collector")"
echo "collector, window 1   $(load 21984 "${servers[1]}" --seconds "$seconds" --window 1 --first-sequence 10000000)"
echo "collector, idle       $(load 21984 "${servers[1]}" --seconds "$seconds" --idle "$idle" --first-sequence 20000000)"

a=$(field "$(cat "$work/collector")" messagesPerSecond)
b=$(field "$(cat "$work/mosquitto")" messagesPerSecond)
awk -v a="$a" -v b="$b" 'BEGIN { printf "ratio collector / mosquitto: %.2f\n", a / b }'
