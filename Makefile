# make brief: sets up and builds the sample brief.   make test: sets up and runs every check and test.
# make long, make bench, make bench-scale, make quality, make faults, make sources, make mutate, make pages: longer runs that measure, each for itself.
.PHONY: brief test lint long bench bench-scale quality faults sources mutate pages pictures lock clean help
export OPENBLAS_NUM_THREADS = 1

brief: .venv/ready  ## build the sample brief into output/
	.venv/bin/briefing build --date 2019-03-21

test: lint  ## run every check and test
	.venv/bin/pytest -q -n 3 --dist worksteal

lint: .venv/ready-test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/python .ci/architecture.py
	.venv/bin/mypy

long: .venv/ready-test  ## the tests that set many pages or days, which `make test` leaves out
	.venv/bin/pytest -q -n 2 --dist worksteal -m long

bench: .venv/ready-test  ## time and memory against a plain script, as ratios, or another checkout: ARGS="--against PATH"
	.venv/bin/python -m benchmarks.bench $(ARGS)

bench-scale: .venv/ready-test  ## two workers against one, and ten thousand to a hundred thousand articles: SIZES=10000,100000
	.venv/bin/python -m benchmarks.bench workers scale

quality: .venv/ready-test  ## figures on labelled sets, held by floors
	.venv/bin/python -m benchmarks.quality $(ARGS)

faults: .venv/ready-test  ## every fault that delivery must survive, done for real
	.venv/bin/python -m benchmarks.faults

sources: .venv/ready-test  ## what collecting must reach, on loopback: 304s, feeds that drip, kills, walls
	.venv/bin/python -m benchmarks.sources $(ARGS)

mutate: .venv/ready-test  ## small changes to what decides, and whether tests notice: ARGS="--seed 2 slots"
	.venv/bin/python -m benchmarks.mutate $(ARGS)

pages: .venv/ready-test  ## every template in three languages, as PDF and PNG, in output/gallery/
	.venv/bin/python -m benchmarks.pages

pictures: .venv/ready-test  ## the pictures of docs/, drawn anew (needs Chromium)
	UPDATE_PICTURES=1 .venv/bin/pytest -q tests/sources/test_ten_minutes.py

lock: .venv/ready  ## resolve the dependencies anew
	.venv/bin/uv lock

clean:  ## remove the environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:
	@sed -n 's/^\([a-z-]*\):.*##/\1:/p' Makefile

.venv/ready: uv.lock pyproject.toml .ci/setup
	@.ci/setup

.venv/ready-test: uv.lock pyproject.toml .ci/setup
	@.ci/setup test
