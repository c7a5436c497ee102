#!/bin/sh
# What would change the machine's state or take too long for `go test`: failing
# system calls, full disks and kills against the real binary (reliability bars
# 4 and 5), and the law test at length (bar 1). Linux; needs strace. Run by
# `make torture` from the top of the repository. Exit 0 when every case holds.
set -u

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bin=$work/peppermill
failures=0
cases=0
export SOURCE_DATE_EPOCH=1767225600

say() { printf '%s\n' "$*"; }
bad() { failures=$((failures + 1)); say "FAIL: $*"; }

# tree DIR prints every file of the site with its sum, less our own files.
tree() { (cd "$1" && find . -type f ! -path './.peppermill*' -exec sha256sum {} + | sort -k2); }

go build -o "$bin" ./cmd/peppermill || exit 2
go run ./internal/bench -write -pages 60 "$work/old" || exit 2
cp -r "$work/old" "$work/new"
find "$work/new" -name 'page-0000[0-5].md' -exec sh -c 'echo "Edited." >> "$1"' _ {} \;
find "$work/new" -name 'page-00003.md' -delete
mkdir "$work/new/added" && printf '# Added\n' > "$work/new/added/index.md"
build() { "$bin" build --quiet --lenient -s "$1" -d "$2"; }
build "$work/old" "$work/site-old" 2>/dev/null || exit 2
build "$work/new" "$work/site-new" 2>/dev/null || exit 2
tree "$work/site-old" > "$work/tree-old"
tree "$work/site-new" > "$work/tree-new"
sort -u "$work/tree-old" "$work/tree-new" > "$work/tree-both"

reset() { rm -rf "$work/out"; cp -a "$work/site-old" "$work/out"; }

# whole NAME checks that every file is old or new, that the next build heals the
# folder, and that no temporary file is left.
whole() {
	tree "$work/out" > "$work/tree-out"
	torn=$(grep -vxFf "$work/tree-both" "$work/tree-out" | head -3)
	[ -z "$torn" ] || bad "$1: neither old nor new: $torn"
	build "$work/new" "$work/out" 2>/dev/null || bad "$1: the next build fails"
	tree "$work/out" | cmp -s - "$work/tree-new" || bad "$1: the next build does not equal a clean one"
	[ ! -e "$work/out/.peppermill-stage" ] || bad "$1: temporary files are left"
}

# inject NAME old|any STRACE-ARGS… runs a build with one failing call. With
# "old" the site must be untouched.
inject() {
	name=$1 expect=$2
	shift 2
	reset
	cases=$((cases + 1))
	start=$(date +%s)
	timeout 20 strace -f -qqq -o "$work/trace" "$@" "$bin" build --quiet --lenient -s "$work/new" -d "$work/out" 2> "$work/stderr"
	code=$?
	took=$(($(date +%s) - start))
	if ! grep -q INJECTED "$work/trace"; then
		cases=$((cases - 1))
		return # fewer such calls than that: nothing was injected
	fi
	[ "$code" -ne 0 ] || bad "$name: exit 0"
	[ "$took" -le 5 ] || bad "$name: took $took s"
	grep -q "$work/" "$work/stderr" || bad "$name: names no path: $(cat "$work/stderr")"
	if [ "$expect" = old ]; then
		tree "$work/out" | cmp -s - "$work/tree-old" || bad "$name: the previous site has changed"
	fi
	whole "$name"
}

stage=$work/out/.peppermill-stage
for error in EIO ENOSPC EACCES EMFILE; do
	for nth in 1 2 5; do
		inject "open $nth $error" old -P "$stage" -e trace=openat -e "inject=openat:error=$error:when=$nth"
		inject "mkdir $nth $error" any -e trace=mkdirat,mkdir -e "inject=mkdirat,mkdir:error=$error:when=$nth"
		inject "rename $nth $error" any -e trace=renameat,renameat2,rename -e "inject=renameat,renameat2,rename:error=$error:when=$nth"
	done
done
for file in 0 1 7; do
	for error in EIO ENOSPC; do
		inject "write $file $error" old -P "$stage/$file" -e trace=write -e "inject=write:error=$error:when=1"
		inject "close $file $error" old -P "$stage/$file" -e trace=close -e "inject=close:error=$error:when=1"
	done
done
say "failing calls: $cases cases"
[ "$cases" -ge 20 ] || bad "only $cases calls were made to fail: the traps do not fit the program any more"

# A full disk, where a small file system may be mounted.
mkdir "$work/small"
if mount -t tmpfs -o size=600k tmpfs "$work/small" 2>/dev/null; then
	build "$work/old" "$work/small/site" 2> "$work/stderr" && bad "full disk: exit 0"
	grep -q "$work/small" "$work/stderr" || bad "full disk: names no path: $(cat "$work/stderr")"
	[ -z "$(find "$work/small/site" -name '*.html' 2>/dev/null | head -1)" ] || bad "full disk: half a site is published"
	umount "$work/small"
	say "full disk: done"
else
	say "full disk: skipped, no file system may be mounted here"
fi

# Kills at random moments.
kills=${PEPPERMILL_KILLS:-200}
i=0
while [ "$i" -lt "$kills" ]; do
	reset
	"$bin" build --quiet --lenient -s "$work/new" -d "$work/out" 2>/dev/null &
	pid=$!
	sleep "0.$(printf '%03d' $((i * 7919 % 220)))"
	kill -9 "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	whole "kill $i"
	i=$((i + 1))
done
say "kills: $kills"

PEPPERMILL_KILLS=200 go test -count=1 -timeout 30m -run Kill ./internal/output || bad "kills inside publishing"
PEPPERMILL_SEQUENCES=${PEPPERMILL_SEQUENCES:-1000} go test -count=1 -timeout 90m -run TestIncrementalEqualsClean ./internal/build || bad "the law"

say "$failures failures"
[ "$failures" -eq 0 ]
