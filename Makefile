# The commands of the README. CMake builds (CMakePresets.json: one folder under build/ for each preset).
JOBS ?= $(shell nproc)
LISTEN ?= 127.0.0.1:8080
demo = demo-data
program = build/release/parvis
on_arm64 = qemu-aarch64 -L build/arm64-root
sources = $(shell git ls-files '*.c' '*.h')

.PHONY: help run test bench data scale kill faults fuzz valgrind tidy cppcheck scan format format-check coverage messages deps install release deb arm64 clean

help:
	@awk '/^## /{text = substr($$0, 4)} /^[a-z0-9-]+:/{sub(":.*", ""); if (text) printf "make %-13s %s\n", $$0, text; text = ""}' Makefile

## Builds the program, makes a demonstration site the first time, and serves it.
run: $(program) $(demo)
	@echo
	@echo "People of the demonstration: address, password, role"
	@sed -n '/@demo\.example/p' $(demo)/demo.txt
	@echo
	@exec $(program) serve $(demo) --listen $(LISTEN)

.PHONY: $(program)
$(program):
	@tools/install run
	@$(MAKE) --silent --no-print-directory deps
	cmake --preset release
	cmake --build build/release --parallel $(JOBS)

# Made aside: an interrupted try leaves nothing that looks ready.
$(demo): | $(program)
	rm -rf $@.new
	$(program) init $@.new --preset agora-de-quartier --demo >$@.txt || { cat $@.txt; rm -rf $@.txt $@.new; exit 1; }
	mv $@.txt $@.new/demo.txt
	mv $@.new $@

## All tests; the last line is "N passed, N failed". Part of them: make test PHASES="asan http"; journeys on phone and desktop, both with and without JavaScript: JOURNEYS=all.
test:
	@tools/install run test
	@$(MAKE) --silent --no-print-directory deps
	@JOBS=$(JOBS) node tests/run.mjs $(PHASES)

## What the browser's side is built with, as package-lock.json says.
deps: node_modules/.package-lock.json
node_modules/.package-lock.json: package.json package-lock.json
	npm ci
	@touch $@

## Ratios against nginx and Fossil, measured in the same run.
bench: $(program)
	@tools/install bench
	cmake --build build/release --parallel $(JOBS) --target parvis_results
	node tests/bench/run.mjs $(program)

## A site of N=10000 records (to 1,000,000) to measure on, the same for the same SEED=1, in DATA=build/data/N; POSTGRES="…" names an empty database.
data: N ?= 10000
data: DATA ?= build/data/$(N)
data: $(program)
	cmake --build build/release --parallel $(JOBS) --target parvis_data
	rm -rf $(DATA)
	mkdir -p $(if $(POSTGRES),$(DATA),$(dir $(DATA)))
	$(if $(POSTGRES),echo 'postgres = $(POSTGRES)' >$(DATA)/parvis.conf)
	$(program) init $(DATA) --preset agora-de-quartier --demo >/dev/null
	build/release/tests/bench/parvis_data $(DATA) $(N) $(or $(SEED),1)

## The queries of tests/bench/queries.json on 10,000 records and on N=100000: p50, p95, and their ratio.
scale: N ?= 100000
scale: $(program)
	@tools/install bench
	@for n in 10000 $(N); do [ -d build/data/$$n ] || $(MAKE) --no-print-directory data N=$$n; done
	node tests/bench/scale.mjs $(program) build/data/10000 build/data/$(N)

## Kills the program under write load, again and again: KILLS=50.
kill:
	@tools/install run test
	@$(MAKE) --silent --no-print-directory deps
	@KILLS=$(or $(KILLS),50) JOBS=$(JOBS) node tests/run.mjs kill

## Power cuts, errors and full disks at every operation, FAULTS times each; 200 kills under load. An hour or more.
faults: build/dev
	FAULTS=$(or $(FAULTS),1) build/dev/tests/unit/features_power_test
	@$(MAKE) --no-print-directory kill KILLS=200

## Looks for new crashes, SECONDS for each parser. Those known are replayed by every `make test`.
fuzz:
	@tools/install run test
	@$(MAKE) --silent --no-print-directory deps
	tests/fuzz/run.sh $(or $(SECONDS),300)

## The C tests under valgrind, but a script and the pictures: their child is the program itself, which valgrind does not start again.
valgrind: build/dev
	@tools/install check
	ctest --test-dir build/dev --label-exclude slow --exclude-regex "^bench/|^media/picture" --output-on-failure --parallel $(JOBS) \
		--overwrite MemoryCheckCommand=$$(command -v valgrind) --overwrite MemoryCheckCommandOptions="--quiet --leak-check=full --error-exitcode=99 --suppressions=$(CURDIR)/tests/support/valgrind.supp" -T MemCheck

## What clang-tidy says.
tidy: build/dev
	@tools/install check
	run-clang-tidy -quiet -p build/dev '$(CURDIR)/(src|tools)/.*\.c$$'

## What cppcheck says.
cppcheck: build/dev
	@tools/install check
	cppcheck --project=build/dev/compile_commands.json --library=tools/cppcheck.xml -D__x86_64__ -D__cppcheck__ -ibuild -itests -j$(JOBS) \
		--enable=warning,performance,portability --inline-suppr --quiet --error-exitcode=1

## What scanners of others (wapiti, sqlmap) find on a demonstration site, signed out and signed in.
scan: build/dev
	@tools/install scan
	tools/scan build/dev/parvis $(SCAN)
	tools/scan-sql build/dev/parvis

## Sources in the style of .clang-format.
format:
	@tools/install test
	clang-format-14 -i $(sources)

## The same, changing nothing.
format-check:
	@tools/install test
	clang-format-14 --dry-run --Werror $(sources)

## Which lines the C tests reach.
coverage:
	@tools/install run test check
	@$(MAKE) --silent --no-print-directory deps
	cmake --preset coverage
	cmake --build build/coverage --parallel $(JOBS)
	ctest --test-dir build/coverage --output-on-failure --parallel $(JOBS)
	gcovr --root . --filter src/ --exclude-unreachable-branches --print-summary build/coverage

## Brings locale/ up to date with the sources.
messages: build/dev
	cmake --build build/dev --target messages

## To /usr/local, or PREFIX=…; DESTDIR=… for who packs it.
install: $(program)
	cmake --install build/release --strip $(if $(PREFIX),--prefix $(PREFIX))

## build/packages/parvis-….tar.gz: the program, stripped, with its presets, manual and service.
release: $(program)
	cpack --config build/release/CPackConfig.cmake -G TGZ
	@tar --extract --to-stdout --file $$(ls -t build/packages/*.tar.gz | head -1) --wildcards '*/bin/parvis' | wc --bytes | \
		awk '{ printf "The program weighs %.1f MB, stripped\n", $$1 / 1e6; exit $$1 > 10e6 }'

## build/packages/parvis_….deb, for Debian 12.
deb: $(program)
	cpack --config build/release/CPackConfig.cmake -G DEB

## build/packages/…-aarch64.tar.gz, built on any machine; a site is made and tests are run under qemu.
arm64:
	@tools/install run test arm64
	@$(MAKE) --silent --no-print-directory deps
	tools/arm64_root build/arm64-root
	cmake --preset arm64
	cmake --build build/arm64 --parallel $(JOBS)
	rm -rf build/arm64/site
	$(on_arm64) build/arm64/parvis --version
	$(on_arm64) build/arm64/parvis init build/arm64/site --preset agora-de-quartier --demo >/dev/null
	$(on_arm64) build/arm64/parvis check build/arm64/site
	cmake --preset arm64-test
	cmake --build build/arm64-test --parallel $(JOBS)
	PARVIS_TEST_POSTGRES=none ctest --test-dir build/arm64-test --output-on-failure --parallel $(JOBS) \
		--tests-regex '^(base|store|rich|core|fields|formats)/'
	cpack --config build/arm64/CPackConfig.cmake -G TGZ

.PHONY: build/dev
build/dev:
	@tools/install run test
	@$(MAKE) --silent --no-print-directory deps
	cmake --preset dev
	cmake --build build/dev --parallel $(JOBS)

## Leaves demo-data, which may hold work.
clean:
	rm -rf build
