# `make read` and `make test` need only python3 (with venv) and make; everything else is set up in .venv.
.PHONY: read test lint bench bench-corpus campaign docs screenshots format constraints clean
PYTHON ?= python3
BIN := .venv/bin

.venv/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

read: .venv/.ready  ## Open the sample article, or the one named by SOURCE=…
	@$(BIN)/pullquote $(SOURCE)

test: .venv/.ready  ## Run all the tests
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/.ready  ## Lint, format, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.ready  ## Put the code in form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.ready  ## Print the speed budgets as measured here, and the figures of the analysis
	$(BIN)/python -m tests.benchmarks

bench-corpus: .venv/.ready  ## Print what a corpus costs, and how long questions to it take; wants an idle machine, and 15 minutes
	$(BIN)/python -m tests.benchmarks.corpus

campaign: .venv/.ready  ## Kills, full disks, random keys, hostile servers and inputs, many times over
	$(BIN)/python -m tests.campaigns

docs: .venv/.ready  ## Build the docs as a site, in build/site
	$(BIN)/python -m tests.site

screenshots: .venv/.ready  ## Draw the pictures in docs/ anew
	$(BIN)/python -m tests.screenshots

constraints:  ## Take the newest versions that pyproject.toml allows, and pin them; run the tests before committing that
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --editable '.[dev]'
	( sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable ) > .venv/constraints.txt
	mv .venv/constraints.txt constraints.txt
	@touch .venv/.ready

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
