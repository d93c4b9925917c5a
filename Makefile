# `make help` lists the targets. Each sets up what it needs; the second time that takes no time.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# The theme announces the end of its own life at each build; the plan for it is in the README.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve test site bundle check links due lint lock bench screenshots clean

help: ## list the targets / 列出所有命令
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

serve: $(VENV)/.site ## the site at http://127.0.0.1:8000/ with live reload / 本地预览,改完自动刷新
	@$(BIN)/python hooks/serve.py --port $(PORT)

test: $(VENV)/.test ## every test, the browser included / 运行全部测试(含浏览器)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	@$(BIN)/pytest -n 2 --dist loadgroup

site: $(VENV)/.site ## build the site into site/ / 生成网站到 site/
	@$(BIN)/python hooks/build.py

bundle: $(VENV)/.site ## pack the site for reading without a server / 打成离线包 dist/handbook-offline.zip
	@$(BIN)/python hooks/bundle.py

check: $(VENV)/.site ## check all content, line by line / 逐行检查内容
	@$(BIN)/handbook check

links: $(VENV)/.site ## fetch every link outside / 逐个打开外部链接
	@$(BIN)/handbook links

due: $(VENV)/.site ## the next reviews, by owner / 下次复核的日期
	@$(BIN)/handbook due

lint: $(VENV)/.test ## format the code and check style and types / 整理代码
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix . && $(BIN)/mypy

bench: $(VENV)/.test ## speed and weight, beside a baseline of the same run / 速度和体积,与同次基线对比
	@PYTHONPATH=tests $(BIN)/python -m bench $(SUBJECT)

screenshots: $(VENV)/.test ## pictures of the main pages into build/screenshots/ / 主要页面截图
	@$(BIN)/python tests/screenshots.py

# No file names an index, so the locks are the same wherever they are made.
LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml

lock: $(VENV)/.test ## renew the locked versions / 更新依赖锁定文件
	@$(BIN)/pip install --quiet "uv>=0.9"
	@$(LOCK) -o requirements/site.lock
	@$(LOCK) --extra test -c requirements/site.lock -o requirements/test.lock

clean: ## remove everything that was made / 删除所有生成物
	rm -rf $(VENV) build dist site

$(VENV)/.site: setup.sh pyproject.toml requirements/site.lock
	@PYTHON="$(PYTHON)" sh setup.sh site

$(VENV)/.test: setup.sh pyproject.toml requirements/test.lock
	@PYTHON="$(PYTHON)" sh setup.sh test
