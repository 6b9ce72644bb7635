# Everything here needs Go alone; it fetches its modules by itself. lint and
# release fetch their tool into .cache/bin the first time.

GOLANGCI   := v2.15.0
GORELEASER := v2.18.2
TOOLS      := $(CURDIR)/.cache/bin
DEMO       := .cache/demo
FUZZTIME   ?= 30s
PLATFORMS  := windows/amd64 windows/arm64 linux/amd64 linux/arm64 darwin/arm64

.DEFAULT_GOAL := help
.PHONY: help build demo test faults race lint golden fuzz bench cover cross check release

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## the binary for this machine, in bin/
	CGO_ENABLED=0 go build -trimpath -buildvcs=auto -o bin/ ./cmd/pohoda

demo: ## a deal of the RAYNET sample becomes a file for POHODA
	@mkdir -p $(DEMO)
	go run ./cmd/pohoda export deal 123 --from examples/raynet/deal.json --with examples/raynet/company.json --ico 12345679 --force -o $(DEMO)/deal.xph
	go run ./cmd/pohoda show $(DEMO)/deal.xph
	go run ./cmd/pohoda validate $(DEMO)/deal.xph

test: ## all tests: 200 mutants an agenda, 50 runs that are broken off
	.ci/test

faults: ## all tests with the full numbers: 4,000 mutants an agenda, 500 runs that are broken off
	POHODA_TEST_MUTANTS=4000 POHODA_TEST_FAULTS=500 .ci/test -timeout 1h

race: ## all tests under the race detector (needs a C compiler)
	.ci/test -race -timeout 1h

lint: $(TOOLS)/golangci-lint-$(GOLANGCI) ## golangci-lint
	$< run

golden: ## write the expected files of the tests anew; look at the difference
	UPDATE_SCRIPTS=1 go test ./cmd/pohoda
	go test $$(grep -rl --include='*_test.go' -e 'flag.Bool("update"' -e 'pkg/pohoda/pohodatest"$$' -e 'pkg/flow/decisiontest"$$' pkg | xargs -n 1 dirname | sort -u | sed 's|^|./|') -update

fuzz: ## every fuzz target for FUZZTIME (30s)
	@grep -rl --include='*_test.go' '^func Fuzz' pkg | while read -r file; do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/p' "$$file"); do \
			echo "$$file $$target"; \
			go test "./$$(dirname "$$file")" -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x || exit 1; \
		done; \
	done

bench: ## benchmarks, then whole commands beside xmllint (some minutes)
	go test ./... -run '^$$' -bench . -benchmem
	go test -tags bench ./cmd/pohoda -run '^TestBench' -count 1 -timeout 1h -v

cover: ## coverage by package, and cover.html
	@mkdir -p .cache
	go test ./... -coverpkg ./... -coverprofile .cache/cover.out
	go tool cover -html .cache/cover.out -o .cache/cover.html
	go tool cover -func .cache/cover.out | tail -n 1

cross: ## static binaries for every platform, in dist/
	@for platform in $(PLATFORMS); do \
		echo $$platform; \
		CGO_ENABLED=0 GOOS=$${platform%/*} GOARCH=$${platform#*/} \
			go build -trimpath -buildvcs=auto -ldflags '-s -w' -o dist/$$(echo $$platform | tr / _)/ ./cmd/pohoda || exit 1; \
	done

check: ## exactly what CI does
	.ci/run

release: $(TOOLS)/goreleaser-$(GORELEASER) ## archives, checksums and a list of parts, in dist/; publishes nothing
	$< release --clean --skip=publish,announce

# The name carries the version, so that a new one is fetched.
$(TOOLS)/golangci-lint-$(GOLANGCI):
	GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)
	mv $(TOOLS)/golangci-lint $@

$(TOOLS)/goreleaser-$(GORELEASER):
	GOBIN=$(TOOLS) go install github.com/goreleaser/goreleaser/v2@$(GORELEASER)
	mv $(TOOLS)/goreleaser $@
