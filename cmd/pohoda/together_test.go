package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// onBothLedgers runs a test in an office with a ledger in SQLite, and in one with
// PostgreSQL where there is one.
func onBothLedgers(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		test(t, newWorld(t, dir, filepath.Join(dir, "ledger.db"), &register{}))
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, newWorld(t, t.TempDir(), postgresSchema(t, strings.ToLower(t.Name()[:strings.Index(t.Name(), "/")])), &register{}))
	})
}

// offer writes deals into the CRM's file, each in its first version.
func (w *world) offer(count int) {
	w.t.Helper()
	w.write("deals.ndjson", deals(count))
}

func deals(count int) string {
	var all strings.Builder
	for id := 1; id <= count; id++ {
		all.WriteString((&deal{id: id, version: 1}).line())
	}
	return all.String()
}

// new is the export of what is new.
var exportNew = []string{"export", "deals", "--from", "DIR/deals.ndjson", "--new", "-o", "DIR/out/"}

// Ten processes export the same deals into the same folder, and find that there is
// no ledger yet.
func TestTenExportsAtOnce(t *testing.T) {
	onBothLedgers(t, func(t *testing.T, w *world) {
		const count = 5
		w.offer(count)
		var all sync.WaitGroup
		got := make([]ran, 10)
		for n := range got {
			all.Go(func() { got[n] = w.process(death{}, append(exportNew, "--wait", "1m", "--json")...) })
		}
		all.Wait()
		wrote := 0
		for _, r := range got {
			assert.Equal(t, exitDone, r.code, r)
			if strings.Contains(r.stderr, fmt.Sprintf(`"written":%d,`, count)) {
				wrote++
				continue
			}
			assert.Contains(t, r.stderr, `"code":"nothing-new"`)
		}
		assert.Equal(t, 1, wrote)
		names := w.forPohoda()
		require.Len(t, names, 1)
		pack, err := readPack(w.read(names[0]))
		require.NoError(t, err)
		assert.Len(t, pack.Items, count)
		w.checkDone(nil)
	})
}

// slow is an export that has the lock of its unit and reads deals that do not come.
type slow struct {
	w      *world
	stdin  io.WriteCloser
	stderr bytes.Buffer
	wait   func() error
}

func (w *world) slow(args ...string) *slow {
	w.t.Helper()
	s := &slow{w: w}
	c := asProgram(w.t, "pohoda", w.dir, w.args(append([]string{"export", "deals", "--from", "-", "--new", "-o", "DIR/out/slow.xml"}, args...))...)
	var err error
	s.stdin, err = c.StdinPipe()
	require.NoError(w.t, err)
	c.Stderr, s.wait = &s.stderr, c.Wait
	require.NoError(w.t, c.Start())
	require.Eventually(w.t, w.isLocked, 20*time.Second, 10*time.Millisecond)
	return s
}

// isLocked tells whether a run has the lock of a unit.
func (w *world) isLocked() bool {
	driver, source := "sqlite", "file:"+filepath.ToSlash(w.ledger)+"?mode=ro"
	if w.inPostgres() {
		driver, source = "pgx", w.ledger
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		return false
	}
	defer db.Close()
	held := 0
	// While the tables are made there is nothing to be asked.
	err = db.QueryRowContext(w.t.Context(), `SELECT count(*) FROM units WHERE holder <> ''`).Scan(&held)
	return err == nil && held == 1
}

// end lets the deals come.
func (s *slow) end() {
	s.w.t.Helper()
	_, err := io.WriteString(s.stdin, deals(2))
	require.NoError(s.w.t, err)
	require.NoError(s.w.t, s.stdin.Close())
	require.NoError(s.w.t, s.wait(), s.stderr.String())
}

// While a run works on a unit, another one says who does and since when, or waits;
// a run on another unit does neither, nor does one that only looks.
func TestTwoExportsAtOnce(t *testing.T) {
	onBothLedgers(t, func(t *testing.T, w *world) {
		w.offer(3)
		s := w.slow()
		got := w.process(death{}, exportNew...)
		assert.Equal(t, exitLocked, got.code, got)
		assert.Regexp(t, `^export \(process \d+ on \S+\) works on the unit 12345679 since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n`, got.stderr)
		assert.Empty(t, w.forPohoda())

		got = w.process(death{}, append(exportNew, "--dry-run")...)
		assert.Equal(t, exitDone, got.code, got)
		got = w.process(death{}, append(exportNew, "--ico", "87654326")...)
		assert.Equal(t, exitDone, got.code, got)
		assert.Len(t, w.forPohoda(), 1)

		waited := make(chan ran)
		go func() { waited <- w.process(death{}, append(exportNew, "--wait", "1m")...) }()
		s.end()
		got = <-waited
		assert.Equal(t, exitDone, got.code, got)
		var items []string
		for _, name := range w.forPohoda() {
			pack, err := readPack(w.read(name))
			require.NoError(t, err)
			for _, item := range pack.Items {
				items = append(items, pack.ICO+" "+strings.TrimPrefix(item.ID, "raynet:ukazka:deal:"))
			}
		}
		assert.ElementsMatch(t, []string{
			testUnit + " 1:order", testUnit + " 2:order", testUnit + " 3:order",
			"87654326 1:order", "87654326 2:order", "87654326 3:order",
		}, items)
	})
}

// A clock that is set back, and one that runs ahead, change nothing of what runs do.
func TestTheClockIsSet(t *testing.T) {
	onBothLedgers(t, func(t *testing.T, w *world) {
		dir := t.TempDir()
		steady := newWorld(t, dir, filepath.Join(dir, "ledger.db"), &register{})
		for n, clock := range []string{"0s", "-48h", "72h", "-8760h"} {
			for _, w := range []*world{w, steady} {
				w.offer(2 + n)
			}
			c := asProgram(t, killed, w.dir, w.args(exportNew)...)
			c.Env = append(c.Env, clockVar+"="+clock)
			out, err := c.CombinedOutput()
			require.NoError(t, err, string(out))
			got, _ := steady.run(exportNew...)
			require.Equal(t, exitDone, got.code, got)
			assert.Equal(t, steady.checkDone(nil), w.checkDone(nil))
			assert.Equal(t, steady.files(), w.files())
		}
	})
}

// A process that died keeps nobody from working, however its clock stood.
func TestTheLockOfADeadRunAndTheClock(t *testing.T) {
	onBothLedgers(t, func(t *testing.T, w *world) {
		for _, clock := range []string{"-48h", "48h"} {
			w.offer(2)
			c := asProgram(t, killed, w.dir, w.args(exportNew)...)
			c.Env = append(c.Env, clockVar+"="+clock, killStepVar+"=begin.commit")
			require.Error(t, c.Run())
			assert.Empty(t, w.forPohoda())
		}
		got := w.process(death{}, exportNew...)
		assert.Equal(t, exitDone, got.code, got)
		assert.Len(t, w.forPohoda(), 1)
		w.checkDone(nil)
	})
}
