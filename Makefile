# Two commands: `make run` and `make test`. Each makes what it needs in .venv.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check bench fuzz faults clean lint app-packages dev-packages environment

PORT ?= 8501
# a folder with the articles' text, for the operator's own machine
ARTICLES ?=
PYTHON ?=
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3.14 python3 python)
VENV := .venv
# modules are started through the interpreter, so that a moved folder still works
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet

help:
	@echo 'make run     start the atlas on http://localhost:8501 (make run PORT=8600 for another port)'
	@echo '             make run ARTICLES=../articles also shows the articles beside the map, to every visitor'
	@echo 'make test    lint, types and every test; finds or installs a Chromium for the browser tests'
	@echo 'make check   lint, types and the data'
	@echo 'make bench   measure the speed of the map'
	@echo 'make fuzz    the long runs: every hostile string through every format, 10,000 changed files (MUTATIONS=100000 for more)'
	@echo 'make faults  plant faults in a copy, one after the other, and see that the tests notice each'
	@echo 'make clean   remove what these commands made'

run: app-packages
	@echo 'Starting the Corridor Atlas at http://localhost:$(PORT) (Ctrl+C stops it)'
	@ARTICLES='$(ARTICLES)' $(PY) -m streamlit run server.py --server.port '$(PORT)' \
		|| { echo 'The app ended with an error (see above). If port $(PORT) is taken, choose another: make run PORT=8600' >&2; exit 1; }

test: lint
	@$(PY) -m tools.find_nginx --install > /dev/null || true
	@$(PY) -m tools.find_schemas --install > /dev/null || true
	@CHROMIUM=$$($(PY) tools/find_chromium.py --install) && export CHROMIUM && $(PY) -m pytest --numprocesses auto --dist loadfile

check: lint
	$(PY) atlas.py check

bench: dev-packages
	@$(call install,benchmarks/requirements.txt)
	@CHROMIUM=$$($(PY) tools/find_chromium.py --install) && export CHROMIUM \
		&& $(PY) -m benchmarks.run && $(PY) -m benchmarks.app

fuzz: dev-packages
	@CHROMIUM=$$($(PY) tools/find_chromium.py --install) && export CHROMIUM && FUZZ=1 $(PY) -m pytest tests/robustness

faults: dev-packages
	@CHROMIUM=$$($(PY) tools/find_chromium.py --install) && export CHROMIUM && $(PY) -m tools.plant_faults

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

lint: dev-packages
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

# The requirements that are installed are kept beside the packages and compared by content:
# a second run asks nobody, and a changed pin is always noticed.
app-packages: environment
	@cmp -s requirements.txt $(VENV)/requirements.txt \
		|| { $(call install,requirements.txt) && cp requirements.txt $(VENV)/; }

dev-packages: environment
	@cat requirements.txt requirements-dev.txt | cmp -s - $(VENV)/requirements-dev.txt \
		|| { $(call install,requirements-dev.txt) && cp requirements.txt $(VENV)/ \
		&& cat requirements.txt requirements-dev.txt > $(VENV)/requirements-dev.txt; }

define install
echo 'Installing the packages of $(1); the first time takes a minute or two.'; \
	$(PIP) install -r $(1) \
	|| { echo 'The packages of $(1) could not be installed (see above). Check the network and the free disk space, then repeat the command.' >&2; exit 1; }
endef

# An environment that is broken, half made or of an older Python is made anew.
environment:
	@recent='import sys; sys.exit(sys.version_info < (3, 11))'; \
	$(PY) -c "import pip; $$recent" 2>/dev/null && exit 0; \
	found=; without_venv=; \
	for python in $(PYTHONS); do \
		"$$python" -c "$$recent" 2>/dev/null || continue; \
		if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; break; fi; \
		without_venv=$$python; \
	done; \
	if [ -z "$$found" ] && [ -n "$$without_venv" ]; then \
		echo "$$without_venv lacks its venv module. Install it (Debian and Ubuntu: apt install python3-venv), then repeat the command." >&2; \
		exit 1; \
	elif [ -z "$$found" ]; then \
		echo 'No Python 3.11 or later was found (tried: $(PYTHONS)). Install one (Debian 12, Ubuntu 24.04 and later: apt install python3 python3-venv; others: python.org), or name it: make run PYTHON=/path/to/python3.' >&2; \
		exit 1; \
	fi; \
	"$$found" -m venv --clear $(VENV) \
	|| { echo "A virtual environment could not be made with $$found (see above). On Debian and Ubuntu: apt install python3-venv; then repeat the command." >&2; exit 1; }
