#!/bin/sh
# tests/fuzz/run.sh SECONDS [TARGET…]: every libFuzzer target (or those named) for so long, one after
# the other. What is found is kept in build/fuzz/found/<target>/; new inputs that reach further, in
# build/fuzz/corpus/<target>/, so that the next run goes on from there.
set -eu
seconds=${1:?"usage: run.sh SECONDS [TARGET...]"}
shift
cd "$(dirname "$0")/../.."
build=build/fuzz
cmake --preset fuzz >/dev/null
[ $# -gt 0 ] || set -- $(sed -n 's/^parvis_fuzz(\([a-z]*\) .*/\1/p' tests/fuzz/CMakeLists.txt)
failed=
for target in "$@"; do
	cmake --build $build --target "fuzz_$target" >/dev/null
	mkdir -p $build/corpus/"$target" $build/found/"$target"
	dictionary=tests/fuzz/corpus/$target.dict
	echo "== $target"
	nice $build/tests/fuzz/fuzz_"$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
		-print_final_stats=1 -verbosity=0 -artifact_prefix=$build/found/"$target"/ \
		$([ ! -f "$dictionary" ] || echo "-dict=$dictionary") \
		$build/corpus/"$target" tests/fuzz/corpus/"$target" || failed="$failed $target"
done
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
