#!/bin/sh
# Starts the PostgreSQL of the tests, unless it runs already, and prints its connection string.
#
# One throw-away cluster for each user and folder for temporary files, shared by all test programs,
# on a private socket, without fsync. It stops by itself after ten idle minutes. PARVIS_TEST_POSTGRES,
# when set, is printed instead. The server refuses root: then it runs as the user postgres.
set -eu

if [ -n "${PARVIS_TEST_POSTGRES-}" ]; then
	echo "$PARVIS_TEST_POSTGRES"
	exit 0
fi

dir=${TMPDIR:-/tmp}/parvis-postgres-$(id -u)
for bin in /usr/lib/postgresql/*/bin $(dirname "$(command -v postgres || echo /usr/bin/postgres)"); do
	[ -x "$bin/initdb" ] && break
done
if [ ! -x "$bin/initdb" ]; then
	echo "PostgreSQL's server programs are not installed" >&2
	exit 1
fi
if [ "$(id -u)" = 0 ]; then
	as() { runuser -u postgres -- "$@"; }
	owner=postgres
else
	as() { "$@"; }
	owner=$(id -un)
fi
where="host=$dir/socket user=$owner dbname=postgres"

mkdir -p "$dir"
# A folder that somebody else made is not ours to trust.
[ -O "$dir" ] || [ "$(stat -c %U "$dir")" = "$owner" ] || exit 1
exec 9>"$dir/lock"
flock 9

if ! "$bin/pg_isready" -q -h "$dir/socket"; then
	rm -rf "$dir/data" "$dir/socket"
	mkdir -p "$dir/data" "$dir/socket"
	chmod 700 "$dir/data" "$dir/socket"
	[ "$(id -u)" = 0 ] && chown postgres "$dir" "$dir/data" "$dir/socket"
	cd /
	as "$bin/initdb" -D "$dir/data" -U "$owner" -E UTF8 --locale=C -A trust --no-sync \
		--no-instructions >"$dir/initdb.log" 2>&1 9>&-
	as "$bin/pg_ctl" -s -w -D "$dir/data" -l "$dir/data/log" -o "-c listen_addresses='' \
		-c unix_socket_directories='$dir/socket' -c fsync=off -c full_page_writes=off \
		-c max_connections=200 -c max_locks_per_transaction=512 -c shared_buffers=32MB \
		-c autovacuum=off" start >/dev/null 2>&1 9>&-
	# The keeper: stops the server once nobody was connected during ten checks.
	setsid sh -c '
		idle=0
		while [ $idle -lt 10 ]; do
			sleep 60
			n=$("$0/psql" -XAtq "$1" -c "SELECT count(*) - 1 FROM pg_stat_activity WHERE backend_type = '"'client backend'"'") || exit 0
			if [ "$n" = 0 ]; then idle=$((idle + 1)); else idle=0; fi
		done
		kill -INT "$(head -n 1 "$2/data/postmaster.pid")"
	' "$bin" "$where" "$dir" >/dev/null 2>&1 </dev/null 9>&- &
fi
echo "$where"
