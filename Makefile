# Every command that the project has. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The browser tests use the Chromium that the system has, or Playwright's own where it has none.
CHROMIUM ?= $(shell command -v chromium || command -v google-chrome)
export CHROMIUM
PLAYWRIGHT = cd assets/e2e && if [ -z "$$CHROMIUM" ]; then \
	npx playwright install --with-deps chromium; \
	CHROMIUM=$$(node -p 'require("playwright-core").chromium.executablePath()'); fi; \
	../../$(TESTENV) -- $(NEW_NODE) npx playwright test

# The tests of the scripts need Node 20; Debian 12 and Ubuntu 24.04 have 18, and npm brings a newer one.
NEW_NODE = $(shell node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null \
	|| echo npx --yes --package=node@22 --)

VERSION = $(shell git describe --always --dirty 2>/dev/null || echo unknown)
TESTENV := bin/testenv
BUNDLE  := assets/dist/manifest.json
SOURCES := $(shell find assets/src assets/css assets/icons assets/words cmd/bundle -type f 2>/dev/null)

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | \
		while IFS=$$'\t' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

## Running

.PHONY: run
run: setup-run build ## install what is missing, build, and start on http://127.0.0.1:8080
	./bin/corkboard serve

.PHONY: dev
dev: setup-run assets/node_modules/.for-run ## run, and again on each change; pages reload by themselves
	go run ./cmd/bundle -watch

.PHONY: cluster
cluster: setup-run build ## two nodes, Postgres, Redis and a plain proxy, on http://127.0.0.1:8080; ARGS="-nodes 3"
	go run ./cmd/cluster $(ARGS)

.PHONY: build
build: $(BUNDLE) ## make bin/corkboard, scripts and styles included
	go build -buildvcs=false -trimpath -ldflags "-X main.version=$(VERSION)" -o bin/corkboard ./cmd/corkboard

$(BUNDLE): assets/node_modules/.for-run $(SOURCES)
	go run ./cmd/bundle

assets/node_modules/.for-run: assets/package-lock.json
	cd assets && npm ci --omit=dev --ignore-scripts
	touch $@

## Testing

.PHONY: test
test: test-go test-js test-e2e ## all tests; installs what they need

# The packages that take longest come first, or the last of them would run alone in the end; and beside the one
# that waits for clocks and connections the one that needs the processor. The race detector lets every program
# rest for a second at its end, to hear of late races; of some thirty packages and all servers a fifth is enough.
.PHONY: test-go
test-go: setup-test assets/node_modules/.for-test $(TESTENV) $(BUNDLE) ## Go tests with the race detector, on a Postgres and a Redis of their own
	GORACE=atexit_sleep_ms=200 $(TESTENV) -- go test -race ./cmd/corkboard ./board ./web ./store ./...

# The simulation of the sync engine; a failed seed alone: make sim SEEDS=1 FROM=…
SEEDS ?= 100000
FROM  ?= 1

.PHONY: sim
sim: go ## simulate the sync engine under faults, in SEEDS=… runs (1000000 take a night); then break it in every way it knows
	go test ./board -v -timeout 0 -run 'TestSimulation$$' -sim.seeds $(SEEDS) -sim.from $(FROM)
	go test ./board -v -timeout 0 -run TestSimulationFailsWhenTheEngineIsBroken -sim.mutations all

.PHONY: test-js
test-js: setup-test assets/node_modules/.for-test ## TypeScript tests, in Node
	go run ./cmd/bundle -test assets/.test
	cd assets && $(NEW_NODE) node --test --enable-source-maps $$(find .test -name '*.test.mjs' | sort)

.PHONY: test-e2e
test-e2e: setup-test assets/node_modules/.for-test build $(TESTENV) ## browser tests; ARGS="…" go to playwright
	$(PLAYWRIGHT) $(ARGS)

# Without the race detector, which test-go has: the long form holds 2,000 clients to a time.
CHAOS ?= 10m
.PHONY: chaos
chaos: setup-test $(TESTENV) $(BUNDLE) ## kill, cut and choke real servers; CHAOS=10m is how long the storm lasts, CHAOS_SEED repeats one
	CHAOS=$(CHAOS) $(TESTENV) -- go test -v -timeout 24h \
		-run 'Chaos|Cut|Dropped' ./cmd/corkboard
	$(TESTENV) -- go test -v -run EverybodyComesBackAtOnce ./web -storm 2000

# Every function called Fuzz… is found by its name; go test takes one at a time. Go before 1.27 may take
# the end of the time itself for a failure (golang/go#75804): one without a failing input is none.
TIME ?= 30s
.PHONY: fuzz
fuzz: go ## look for input that breaks a decoder; TIME=30s for each of them
	@said=$$(mktemp); trap 'rm -f $$said' EXIT; \
	grep -rHoE --include='*_test.go' --exclude-dir=node_modules '^func Fuzz[A-Za-z]+' . | sort | \
		while IFS=: read -r file name; do \
			echo "$${name#func } in $${file%/*}"; \
			go test -run '^$$' -fuzz "^$${name#func }\$$" -fuzztime $(TIME) -fuzzminimizetime 2s "$${file%/*}" | tee $$said || \
				{ grep -q '^    context deadline exceeded' $$said && ! grep -q 'Failing input' $$said; }; \
		done

.PHONY: screenshots
screenshots: setup-test assets/node_modules/.for-test build $(TESTENV) ## pictures of the pages, in assets/test-results
	$(PLAYWRIGHT) --config screenshots.config.ts $(ARGS)

.PHONY: bench
bench: setup-test build $(TESTENV) ## measure a real server beside a bare loop and pgbench; ARGS="-only cursors" for a part
	go build -buildvcs=false -o bin/loadtest ./cmd/loadtest
	go run ./cmd/bench $(ARGS)
	$(TESTENV) -durable -- go test -run '^$$' -bench . ./store

.PHONY: bench-browser
bench-browser: setup-test assets/node_modules/.for-test build $(TESTENV) ## measure boards of 1,000 and 10,000 notes in Chromium; SIZES, ONLY=pan,drag for a part
	$(PLAYWRIGHT) --config bench.config.ts $(ARGS)

.PHONY: lint
lint: setup-run assets/node_modules/.for-test ## format, vet, staticcheck, types, and that generated files are fresh
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "run gofmt -w on:" $$unformatted; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go tool templ fmt -fail -log-level error views
	@before=$$(cat views/*_templ.go | cksum); go tool templ generate -log-level error; \
		test "$$before" = "$$(cat views/*_templ.go | cksum)" || { echo "the generated files were stale; they are fresh now"; exit 1; }
	cd assets && npm run --silent types

.PHONY: generate
generate: ## make the Go files of the templates again
	go tool templ generate

assets/node_modules/.for-test: assets/package-lock.json
	cd assets && npm ci --ignore-scripts
	touch $@ assets/node_modules/.for-run

$(TESTENV): FORCE
	@go build -buildvcs=false -o $@ ./cmd/testenv

## The machine

.PHONY: setup-run setup-test
setup-run: go
	@go run ./cmd/setup run

.PHONY: go
go:
	@command -v go >/dev/null || { echo "Go is missing: install Go 1.26 or later, from https://go.dev/dl/"; exit 1; }

setup-test: go
	@go run ./cmd/setup test

.PHONY: clean
clean: ## remove what was built; the data in .data stay
	rm -rf bin assets/.test assets/node_modules assets/test-results
	find assets/dist -mindepth 1 ! -name .gitkeep -delete

.PHONY: FORCE
FORCE:
