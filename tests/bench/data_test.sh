#!/bin/sh
# data_test.sh PARVIS PARVIS_DATA: two small sites of one seed hold records of the same addresses, and are sound.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for i in 1 2; do
	"$1" init "$dir/$i" --preset agora-de-quartier --demo >/dev/null
	"$2" "$dir/$i" 120 7 2>"$dir/$i.said"
	grep -q '^100 %  120 records' "$dir/$i.said"
	LC_ALL=en "$1" check "$dir/$i" >"$dir/$i.check" || { cat "$dir/$i.check"; exit 1; }
	grep -o '([0-9]* records)' "$dir/$i.check"
	strings "$dir/$i/site.db" | grep -o 'demo.example/[0-9]*' | sort >"$dir/$i.links"
done
cmp "$dir/1.links" "$dir/2.links"
test "$(wc -l <"$dir/1.links")" -gt 10
