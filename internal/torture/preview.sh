#!/bin/sh
# The preview where the machine is unkind, and at length (reliability bars 3, 11
# to 13 and 17). Linux; lowers the kernel's limits on watching, which needs root,
# and puts them back. Run by `make torture` from the top of the repository.
set -u

work=$(mktemp -d)
bin=$work/peppermill
limits=/proc/sys/fs/inotify
watches=$(cat $limits/max_user_watches)
events=$(cat $limits/max_queued_events)
failures=0
pid=
end() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null
	echo "$watches" > $limits/max_user_watches 2>/dev/null
	echo "$events" > $limits/max_queued_events 2>/dev/null
	rm -rf "$work"
}
trap end EXIT INT TERM

say() { printf '%s\n' "$*"; }
bad() { failures=$((failures + 1)); say "FAIL: $*"; }

go build -o "$bin" ./cmd/peppermill || exit 2
go run ./internal/bench -write -pages 150 "$work/content" || exit 2

# begin starts a preview and finds its address.
begin() {
	"$bin" serve -s "$work/content" -p 0 2> "$work/log" &
	pid=$!
	address=
	for _ in $(seq 100); do
		address=$(sed -n 's/^Previewing .* at \(http[^ ]*\)$/\1/p' "$work/log")
		[ -z "$address" ] || return 0
		sleep 0.1
	done
	bad "no preview: $(cat "$work/log")"
}
finish() { kill "$pid"; wait "$pid" 2>/dev/null; pid=; }

# shown TEXT SECONDS: how many of the pages have the text within that time?
shown() {
	deadline=$(($(date +%s%N) + $2 * 1000000000))
	missing=all
	while [ "$missing" != 0 ] && [ "$(date +%s%N)" -lt "$deadline" ]; do
		missing=0
		for page in "$work"/content/policies/page-*.md; do
			name=$(basename "$page" .md)
			curl -s "${address}policies/$name/" | grep -q "$1" || missing=$((missing + 1))
		done
	done
	[ "$missing" = 0 ]
}

# The limit on watches is reached: it is said once, and changes are shown.
if (echo 2 > $limits/max_user_watches) 2>/dev/null; then
	begin
	echo "$watches" > $limits/max_user_watches
	[ "$(grep -c 'tip:' "$work/log")" = 1 ] || bad "limit on watches: not said once: $(cat "$work/log")"
	for page in "$work"/content/policies/page-*.md; do echo 'Limited.' >> "$page"; done
	shown Limited 4 || bad "limit on watches: $missing pages are stale after 4 s"
	finish
	say "limit on watches: done"
else
	say "limit on watches: skipped, the kernel's limits cannot be set here"
fi

# The queue of events overflows: everything is shown all the same.
if (echo 2 > $limits/max_queued_events) 2>/dev/null; then
	begin
	for page in "$work"/content/policies/page-*.md; do echo 'Overflown.' >> "$page"; done
	shown Overflown 4 || bad "overflow: $missing pages are stale after 4 s"
	finish
	echo "$events" > $limits/max_queued_events
	say "overflow: done"
else
	say "overflow: skipped"
fi

PEPPERMILL_READING=100 go test -count=1 -timeout 10m -run 'NeverHalf' ./cmd/peppermill || bad "half a page"
PEPPERMILL_CLIENTS=500 go test -count=1 -timeout 10m -run TestSlowClients ./internal/serve || bad "slow clients"
PEPPERMILL_SAVES=${PEPPERMILL_SAVES:-10000} go test -count=1 -timeout 60m -run TestSaves ./internal/watch || bad "saves"

say "preview: $failures failures"
[ "$failures" -eq 0 ]
