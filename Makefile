# Each target installs and builds what it needs.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: quickstart test sweep reproduce bench bench-queue regret check build schema golden clean help

SOURCES := $(shell find src workers -name '*.ts') $(wildcard tools/*.js)

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

quickstart: build ## install, build and run the main job on configs/quickstart.yaml
	npx mm-batch run configs/quickstart.yaml

test: build ## install, build, and pass the tests
	npx vitest run

sweep: build ## run the parameter grid of configs/inventory-sweep.yaml
	npx mm-batch sweep configs/inventory-sweep.yaml

reproduce: build ## hold published figures against exact and simulated ones; tables and charts in runs/reproduce
	npx mm-batch reproduce

bench: build ## time the engines
	node bench/run.js

bench-queue: build ## hold a run by queue against one on local threads; needs redis-server
	node bench/queue.js

regret: build ## train configs/ppo.yaml from five seeds and hold the policies against the exact optimum
	node bench/rl.js

check: build ## lint, types, unused code, package, schema
	npx biome check .
	npm run --silent typecheck
	npx tsc -p bench/tsconfig.json
	npx knip
	npx publint
	npx mm-batch schema | diff - configs/experiment.schema.json
	npx mm-batch schema --markdown | diff - docs/config.md

schema: build ## write configs/experiment.schema.json and docs/config.md anew
	npx mm-batch schema > configs/experiment.schema.json
	npx mm-batch schema --markdown > docs/config.md

golden: build ## write the golden report anew, after a deliberate change of numbers
	npx vitest run tests/golden -u

build: dist/.built ## install and build

node_modules/.installed: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

dist/.built: node_modules/.installed tsconfig.json $(SOURCES)
	npm run --silent build
	@touch $@

clean: ## remove what was installed and built
	rm -rf node_modules dist build
