// Package oracle is for tests alone: what they compare with, where it is at hand,
// how much they try, and by which seed.
package oracle

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// absences names the file that gathers the oracles which were absent; .ci/test
// reads it and names them at the end.
const absences = "POHODA_TEST_ABSENT"

// Reference gives the folder of the reference, with POHODA's own schemas and real
// files; without it the test is skipped.
func Reference(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("POHODA_REFERENCE")
	if folder == "" {
		Absent(t, "POHODA_REFERENCE", "it does not name the reference: the official schemas and samples are not at hand")
	}
	return folder
}

// Postgres gives the address of the PostgreSQL of the tests; without one the test
// is skipped.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("POHODA_TEST_POSTGRES")
	if server == "" {
		Absent(t, "POHODA_TEST_POSTGRES", "it names no PostgreSQL (postgres://…)")
	}
	return server
}

// XMLLint gives the path of xmllint; without it the test is skipped.
func XMLLint(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("xmllint")
	if err != nil {
		Absent(t, "xmllint", "it is not installed")
	}
	return path
}

// Absent skips a test that has nothing to compare with, or cannot be run here, and
// remembers what was missing.
func Absent(t testing.TB, what, why string) {
	t.Helper()
	Note(what)
	t.Skip(what + ": " + why)
}

// Note remembers that something was missing.
func Note(what string) {
	name := os.Getenv(absences)
	if name == "" {
		return
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	// One short write is whole, whoever else writes.
	if _, err := file.WriteString(what + "\n"); err != nil {
		panic(err)
	}
	if err := file.Close(); err != nil {
		panic(err)
	}
}

// Mutants is how many broken documents of each agenda are tried: 200, or what
// POHODA_TEST_MUTANTS says.
func Mutants(t testing.TB) int { return count(t, "POHODA_TEST_MUTANTS", 200) }

// Faults is how many runs are broken off: 50, or what POHODA_TEST_FAULTS says.
func Faults(t testing.TB) int { return count(t, "POHODA_TEST_FAULTS", 50) }

func count(t testing.TB, variable string, usual int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q, not a number above zero", variable, text)
	}
	return n
}

// Seed gives the seed of a random test: the usual one, so that every run tries the
// same, or what POHODA_TEST_SEED says. A test that fails prints it.
func Seed(t testing.TB, usual uint64) uint64 {
	t.Helper()
	seed := usual
	if text := os.Getenv("POHODA_TEST_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("POHODA_TEST_SEED is %q, not a number", text)
		}
	}
	t.Logf("POHODA_TEST_SEED=%d", seed)
	return seed
}

// Root leads from the package under test to the folder of the module; tests name
// files of other packages by it.
func Root() string {
	for root := "."; ; root = filepath.Join("..", root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			return root
		}
		if whole, err := filepath.Abs(root); err != nil || whole == filepath.Dir(whole) {
			panic("no go.mod above the package under test")
		}
	}
}
