# Peppermill's tasks. `make help` lists them; `make test` is the one that counts.

GO ?= go
FUZZTIME ?= 20s
# Tests and checks live too short to be worth collecting their garbage as often as usual: a fifth less work.
TESTGOGC ?= 400

.PHONY: help build site test browser thorough lighthouse pictures race fuzz bench relevance word torture update clean

help: # list the tasks
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

build: ## the binary, bin/peppermill
	$(GO) build -trimpath -o bin/peppermill ./cmd/peppermill

site: ## build the sample site into public/
	$(GO) run ./cmd/peppermill build --strict

test: browser ## formatting, vet, staticcheck and every test
	@test -z "$$(gofmt -l cmd internal themes)" || { echo "not formatted:"; gofmt -l cmd internal themes; exit 1; }
	$(GO) vet ./...
	GOGC=$(TESTGOGC) $(GO) tool staticcheck ./...
	GOGC=$(TESTGOGC) $(GO) test ./...

browser: ## get Chromium, node and poppler (Debian, as root) and axe-core for the tests that need them
	@sh internal/browser/install.sh

thorough: # the browser tests on every screen and page, not one of each kind
	PEPPERMILL_THOROUGH=1 $(GO) test -count=1 ./internal/browser

lighthouse: # hold the sample site to 100 in each of Lighthouse's categories; minutes, on a quiet machine
	@sh internal/browser/install.sh lighthouse
	LIGHTHOUSE=1 $(GO) test ./internal/browser -run '^TestLighthouse$$' -v -count=1 -timeout 30m

pictures: # take the manual's pictures of the sample site anew
	@sh internal/browser/install.sh
	PICTURES=1 $(GO) test ./internal/browser -run '^TestTakePictures$$' -v -count=1

race: ## every test under the race detector, in random order
	$(GO) test -race -shuffle=on ./...

fuzz: ## each fuzz target for FUZZTIME
	@for pkg in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "== $$pkg $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
		done; \
	done

bench: ## time 10,000 pages against the floor (and Hugo, where it is on PATH), and what the search fetches
	$(GO) run ./internal/bench
	$(GO) run ./internal/relevance -growth

relevance: ## how well search finds what people ask for; needs node; more with PEPPERMILL_DATA
	$(GO) run ./internal/relevance

word: # have LibreOffice (Debian's, as root) open every Word file of the sample site; 200 MB, a minute
	@command -v soffice >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui >/dev/null; }
	PEPPERMILL_WORD=1 $(GO) test ./internal/build -run '^TestInLibreOffice$$' -v -count=1

torture: ## failing system calls, full disks and kills; Linux, needs strace
	sh internal/torture/torture.sh
	sh internal/torture/preview.sh

update: ## write the expected results of tests anew; read the diff
	$(GO) test ./cmd/... ./internal/... -update

clean: ## remove what was built
	rm -rf bin
	find public -mindepth 1 -not -name .gitignore -delete
