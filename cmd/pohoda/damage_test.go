package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ledgerPage is the size of the pages of a ledger's file.
const ledgerPage = 4096

// TestDamagedLedgers overwrites 1 to 512 bytes at random places of a ledger that
// knows 300 exported deals, mostly of the pages of its indexes. Whatever it hits,
// the next export of the same deals ends with 2 and says that the ledger is
// damaged, or it sends nothing: what an index does not find is not new.
func TestDamagedLedgers(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	require.NoError(t, os.WriteFile("pohoda.yaml", []byte("unit: {ico: \"12345679\"}\nledger: l.db\n"), 0o600))
	list := repository(t, "testdata", "attack", "ledger-damaged-index.json")
	code, _, stderr := runs(t, "export", "deals", "--from", list, "--new", "-o", "first.xml")
	require.Equal(t, exitDone, code, stderr)
	whole, err := os.ReadFile("l.db")
	require.NoError(t, err)
	var indexes []int
	for page := range len(whole) / ledgerPage {
		head := page * ledgerPage
		if page == 0 {
			head = 100
		}
		if kind := whole[head]; kind == 2 || kind == 10 { // the format's words for pages of an index
			indexes = append(indexes, page)
		}
	}
	require.Greater(t, len(indexes), 5)
	found := map[int]int{}
	for n := range 120 {
		seed := rand.New(rand.NewPCG(7, uint64(n))) //nolint:gosec // a test that can be repeated
		damaged := bytes.Clone(whole)
		from := seed.IntN(len(damaged)-512-16) + 16 // its first bytes say that it is no ledger
		if n%3 > 0 {
			from = indexes[seed.IntN(len(indexes))]*ledgerPage + seed.IntN(ledgerPage-512)
		}
		size := seed.IntN(512) + 1
		for i := from; i < from+size; i++ {
			damaged[i] = byte(seed.Uint32())
		}
		for _, ending := range []string{"-wal", "-shm"} {
			_ = os.Remove("l.db" + ending)
		}
		require.NoError(t, os.WriteFile("l.db", damaged, 0o600))
		out := fmt.Sprintf("again-%d.xml", n)
		code, stdout, stderr := runs(t, "export", "deals", "--from", list, "--new", "-o", out, "--json")
		found[code]++
		name := fmt.Sprintf("damage %d: %d bytes at %d: exit %d\n%s%s", n, size, from, code, stdout, stderr)
		_, err := os.Stat(out)
		require.ErrorIs(t, err, os.ErrNotExist, name)
		switch code {
		case exitUsage:
			require.Contains(t, stderr, `"code":"ledger-`, name)
		default:
			require.Equal(t, exitDone, code, name)
			require.Contains(t, stderr, `"written":0`, name)
		}
	}
	t.Logf("ended with: %v", found)
	assert.Greater(t, found[exitUsage], 40, "too few damages hit anything")
}

// runs runs pohoda in this process.
func runs(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	env := processEnv()
	var out, said bytes.Buffer
	env.Stdin, env.Stdout, env.Stderr = strings.NewReader(""), &out, &said
	env.StdinTerminal, env.StdoutTerminal, env.StderrTerminal = false, false, false
	env.UserDir = ""
	code = run(t.Context(), env, args)
	return code, out.String(), said.String()
}

// repository is a file of the repository, from wherever a test stands.
func repository(t *testing.T, parts ...string) string {
	t.Helper()
	_, err := os.Stat(filepath.Join(append([]string{root}, parts...)...))
	require.NoError(t, err)
	return filepath.Join(append([]string{root}, parts...)...)
}

// root is the folder of the repository.
var root = func() string {
	here, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	return here
}()
