#!/bin/sh
# data_test.sh PARVIS PARVIS_DATA: two small sites of one seed hold the same records, and are sound.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for i in 1 2; do
	"$1" init "$dir/$i" --preset agora-de-quartier --demo >/dev/null
	"$2" "$dir/$i" 120 7 2>"$dir/$i.said"
	grep -q '^100 %  120 records' "$dir/$i.said"
	LC_ALL=en "$1" check "$dir/$i" >"$dir/$i.check" || { cat "$dir/$i.check"; exit 1; }
	grep -o '([0-9]* records)' "$dir/$i.check"
	grep '^SHA-256 [0-9a-f]\{64\}$' "$dir/$i.said" >"$dir/$i.digest"
done
cmp "$dir/1.digest" "$dir/2.digest"
# Another seed makes others.
"$1" init "$dir/3" --preset agora-de-quartier --demo >/dev/null
"$2" "$dir/3" 120 8 2>&1 | grep '^SHA-256' >"$dir/3.digest"
! cmp -s "$dir/1.digest" "$dir/3.digest"
