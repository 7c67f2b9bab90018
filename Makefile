# Kommandoer for SLT-portalen. Miljøet ligger i .venv/, og alt en kjøring skriver, ligger under var/.

PYTHON ?= python3
BIN := .venv/bin
PGHOST ?= 127.0.0.1
PGPORT ?= 5432
PGUSER ?= postgres
REDIS ?= 127.0.0.1:6379

.DEFAULT_GOAL := hjelp
.PHONY: hjelp demo test test-tjenester vakter miljo python3

hjelp:
	@echo "make demo            starter portalen med eksemplene, på http://localhost:8000/ (PORT og HOST kan settes)"
	@echo "make test            vaktene og alle prøver som ikke trenger en tjener"
	@echo "make test-tjenester  alle prøver på PostgreSQL og Redis, og i Chromium"
	@echo "make vakter          bare vaktene: stil, retning mellom rommene, typer, migrasjoner"

python3:
	@command -v $(PYTHON) >/dev/null || { echo "Fant ikke $(PYTHON). Portalen trenger Python 3.11 eller nyere." >&2; exit 1; }

demo: export DEBUG = 0
demo: export SLT_DEMO = 1
demo: python3
	@$(PYTHON) slt_portal/oppstart.py demo
	@exec $(BIN)/python manage.py kjor_demo

miljo: python3
	@$(PYTHON) slt_portal/oppstart.py prove

# The fast ones first.
vakter: miljo
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	DEBUG=1 DATABASE_URL= $(BIN)/python manage.py check
	DEBUG=1 DATABASE_URL= $(BIN)/python manage.py makemigrations --check --dry-run
	DEBUG=1 DATABASE_URL= $(BIN)/mypy

test: vakter
	env -u DATABASE_URL -u REDIS_URL -u EMAIL_URL -u SLT_TJENESTER $(BIN)/pytest -n 2

test-tjenester: export SLT_TJENESTER = 1
test-tjenester: export DATABASE_URL := $(or $(DATABASE_URL),postgres://$(PGUSER)@$(PGHOST):$(PGPORT)/slt)
test-tjenester: export REDIS_URL := $(or $(REDIS_URL),redis://$(REDIS)/8)
test-tjenester: miljo
	@$(BIN)/python .ci/tjenester.py
	env -u EMAIL_URL $(BIN)/pytest -n 2 --dist loadgroup
