# Everything a person does here is one of these; `make` alone lists them.
# What stands behind `environment` is scripts/environment.py; it needs only Python and this make.

PYTHON ?= python3
PORT ?= 8000
DATA ?= $(CURDIR)/.provender
DEMO ?= small
WORKERS ?= 2
ARGS ?=

BIN := .venv/bin
SQL := src/provender
MIGRATIONS := src/provender/database/migrations

.DEFAULT_GOAL := help
.PHONY: help run environment test coverage check format reference tutorial bench lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environment ## start Provender with its demo  (PORT=8000 DATA=folder DEMO=small)
	@$(BIN)/provender run --port "$(PORT)" --data "$(DATA)" --demo "$(DEMO)"

environment: ## make or refresh .venv, without the tools for development
	@$(PYTHON) scripts/environment.py

test: ## run every test  (ARGS="-k recall" narrows, WORKERS=2)
	@$(PYTHON) scripts/environment.py --develop --browser
	@$(BIN)/pytest tests/architecture --exitfirst --quiet
	@$(BIN)/pytest --numprocesses $(WORKERS) $(ARGS)

coverage: ## run every test and show which branches none of them takes
	@$(PYTHON) scripts/environment.py --develop --browser
	@$(BIN)/coverage run -m pytest $(ARGS)
	@$(BIN)/coverage report

check: ## run the formatter, linters, types and contracts
	@$(PYTHON) scripts/environment.py --develop
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/sqlfluff lint --disable-progress-bar $(SQL)
	find $(MIGRATIONS) -name '*.sql' -print0 | xargs -0 -r $(BIN)/squawk
	$(BIN)/djlint --lint src
	$(BIN)/codespell
	$(BIN)/vulture

format: ## let the formatters have their way
	@$(PYTHON) scripts/environment.py --develop
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/sqlfluff fix --disable-progress-bar $(SQL)

reference: ## write the parts of docs/reference that come from the code
	@$(PYTHON) scripts/environment.py --develop
	$(BIN)/python -m tests.architecture.reference

tutorial: ## take the pictures of the tutorial anew
	@$(PYTHON) scripts/environment.py --develop --browser
	@PROVENDER_WRITE_IMAGES=1 $(BIN)/pytest tests/journeys/test_first_recall.py

bench: ## measure, against the same SQL through pgbench in the same run
	@$(PYTHON) scripts/environment.py --develop
	@$(BIN)/python -m benchmarks $(ARGS)

lock: ## rewrite requirements*.txt from pyproject.toml  (UPGRADE=1 takes the newest)
	@PYTHON="$(PYTHON)" UPGRADE="$(UPGRADE)" scripts/lock_requirements.sh

clean: ## remove what these commands made, but never the data
	rm -rf .venv dist frontend/node_modules src/provender/kit/ui/static/dist
	rm -rf .coverage htmlcov .hypothesis .import_linter_cache .pytest_cache .ruff_cache
	find src tests benchmarks scripts -type d -name __pycache__ -prune -exec rm -rf {} +
