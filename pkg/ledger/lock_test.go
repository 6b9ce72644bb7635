package ledger

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

func TestOneRunAtATime(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		first := run(t, place)
		second := open(t, place)
		err := second.Acquire(t.Context(), "second", 0)
		assert.Equal(t, CodeLocked, code(t, err))
		args := diag.As(err).Args
		assert.Contains(t, args["holder"], "test (process ")
		assert.Equal(t, "2026-03-16 12:00:00", args["since"])
		assert.Equal(t, unit, args["unit"])

		other := open(t, place, func(o *Options) { o.Unit = "22222227" })
		require.NoError(t, other.Acquire(t.Context(), "other unit", 0))

		waiting := make(chan error)
		go func() { waiting <- second.Acquire(t.Context(), "second", time.Minute) }()
		require.NoError(t, first.Release(t.Context()))
		require.NoError(t, <-waiting)
		assert.ErrorIs(t, first.SetCursor(t.Context(), "source", "1"), errNotLocked)
		require.NoError(t, second.SetCursor(t.Context(), "source", "2"))
	})
}

// elsewhere makes a ledger believe that it is used on another machine.
func elsewhere(l *Ledger) *Ledger {
	l.self.host, l.self.place = "elsewhere", "elsewhere"
	return l
}

func TestTheLeaseOfARunElsewhere(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		now := time.Now()
		clock := func(o *Options) { o.Now = func() time.Time { return now } }
		first := elsewhere(run(t, place, clock, func(o *Options) { o.Lease = time.Hour })) // no sign of life during the test
		_, err := first.db.ExecContext(t.Context(), `UPDATE units SET place = 'elsewhere'`)
		require.NoError(t, err)
		second := open(t, place, clock)
		assert.Equal(t, CodeLocked, code(t, second.Acquire(t.Context(), "second", 0)))

		// It has given no sign of life for longer than its lease.
		_, err = first.db.ExecContext(t.Context(), `UPDATE units SET beat = beat - 61000`)
		require.NoError(t, err)
		require.NoError(t, second.Acquire(t.Context(), "second", 0))
		require.NoError(t, second.SetCursor(t.Context(), "source", "second"))

		// And now it comes back.
		assert.Equal(t, CodeLockLost, code(t, first.SetCursor(t.Context(), "source", "first")))
		require.NoError(t, first.Release(t.Context()))
		value, err := second.Cursor(t.Context(), "source")
		require.NoError(t, err)
		assert.Equal(t, "second", value)
		assert.Equal(t, CodeLocked, code(t, first.Acquire(t.Context(), "first", 0)), "its release has not freed the other's lock")
	})
}

// The database hears the last words of a dead run, a transaction that ends only
// now, while another takes its lock; that one is not told that a dead run works.
func TestTheLastWordsOfADeadRun(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		dead := run(t, place, func(o *Options) { o.Lease = time.Hour })
		gone := another(t, "no role", "-test.run", "^$")
		require.NoError(t, gone.Run())
		_, err := dead.db.ExecContext(t.Context(), `UPDATE units SET pid = $1`, gone.Process.Pid)
		require.NoError(t, err)
		spoken := false
		next := open(t, place, func(o *Options) {
			o.Fault = func(step string) error {
				if step != "lock.take" || spoken {
					return nil
				}
				spoken = true
				_, err := dead.db.ExecContext(t.Context(), `UPDATE units SET beat = beat + 1`)
				return err
			}
		})
		require.NoError(t, next.Acquire(t.Context(), "next", 0))
		assert.True(t, spoken)
	})
}

func TestSignsOfLife(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place, func(o *Options) { o.Lease, o.Now = 40*time.Millisecond, time.Now })
		beat := count(t, l, `SELECT beat FROM units`)
		require.Eventually(t, func() bool { return count(t, l, `SELECT beat FROM units`) > beat }, time.Minute, 5*time.Millisecond)
	})
}

func TestAProcessThatIsGone(t *testing.T) {
	self := thisProcess()
	assert.True(t, self.alive())
	reused := self
	reused.started = "another time"
	assert.False(t, reused.alive(), "the number was given to another process")
	gone := another(t, "no role", "-test.run", "^$")
	require.NoError(t, gone.Run())
	assert.False(t, process{pid: int64(gone.Process.Pid), started: self.started}.alive())
}

// roleVar says what the test binary does when a test starts it as another
// process; its arguments are the place of the ledger and what the role needs.
// dieVar is the number of the step at which it is killed.
const (
	roleVar = "LEDGER_TEST_ROLE"
	dieVar  = "LEDGER_TEST_DIE"
)

var roles = map[string]func(ctx context.Context, l *Ledger, args []string) error{
	"hold":   hold,
	"export": exportAlone,
}

func TestMain(m *testing.M) {
	do, ok := roles[os.Getenv(roleVar)]
	if !ok {
		os.Exit(m.Run())
	}
	l, err := Open(context.Background(), os.Args[1], Options{Unit: unit, Now: time.Now, Fault: dieAt(os.Getenv(dieVar))})
	if err == nil {
		err = do(context.Background(), l, os.Args[2:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// another starts another process in a role.
func another(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	c := exec.Command(self, args...)
	c.Env = append(os.Environ(), roleVar+"="+name)
	return c
}

// hold takes the lock, says so, and never gives it back.
func hold(ctx context.Context, l *Ledger, _ []string) error {
	if err := l.Acquire(ctx, "holder", 0); err != nil {
		return err
	}
	fmt.Println("held")
	select {}
}

// dieAt kills the process at a step.
func dieAt(number string) func(string) error {
	step := 0
	return func(string) error {
		if step++; strconv.Itoa(step) != number {
			return nil
		}
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		time.Sleep(time.Minute) // death may take a moment
		return err
	}
}

// exportAlone waits for the lock and exports one deal into a file of a folder.
func exportAlone(ctx context.Context, l *Ledger, args []string) error {
	folder, deal := args[0], args[1]
	if err := l.Acquire(ctx, "export "+deal, time.Minute); err != nil {
		return err
	}
	if err := exportFile(ctx, l, filepath.Join(folder, deal+".xml"), item(deal, "1")); err != nil {
		return err
	}
	return l.Close()
}

// A process that is killed leaves its lock behind, and the next run takes it.
func TestTheLockOfADeadProcess(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		dead := another(t, "hold", place)
		out, err := dead.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, dead.Start())
		_, err = bufio.NewReader(out).ReadString('\n')
		require.NoError(t, err)

		l := open(t, place)
		assert.Equal(t, CodeLocked, code(t, l.Acquire(t.Context(), "next", 0)))
		require.NoError(t, dead.Process.Kill())
		_ = dead.Wait() // it was killed
		require.NoError(t, l.Acquire(t.Context(), "next", 0))
		assert.Equal(t, int64(1), count(t, l, `SELECT count(*) FROM events WHERE kind = 'lock-of-dead'`))
	})
}

// Ten processes make the ledger at the same time and work one after the other.
func TestTenProcesses(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		folder := t.TempDir()
		var all sync.WaitGroup
		for n := range 10 {
			all.Go(func() {
				out, err := another(t, "export", place, folder, fmt.Sprintf("deal%d", n)).CombinedOutput()
				assert.NoError(t, err, string(out))
			})
		}
		all.Wait()
		l := open(t, place)
		assert.Len(t, entries(t, l, Filter{States: []State{Exported}}), 10)
		assert.Equal(t, count(t, l, `SELECT count(*) FROM events`), count(t, l, `SELECT count(DISTINCT seq) FROM events`))
		assert.Zero(t, count(t, l, `SELECT count(*) FROM units WHERE holder <> ''`))
	})
}

// TestKilledAtEveryStep kills a process before each of its steps, and the next
// one, which has to mend that, at the same; then one finishes the work with the
// same bytes.
func TestKilledAtEveryStep(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		folder := t.TempDir()
		runs, kills, deals := 0, 0, 0
		exportDeal := func(deal string, die int) error {
			runs++
			c := another(t, "export", place, folder, deal)
			c.Env = append(c.Env, dieVar+"="+strconv.Itoa(die))
			return c.Run()
		}
		for die, died := 1, true; died; die++ {
			deal := fmt.Sprintf("deal%d", die)
			died = false
			for range 2 {
				if exportDeal(deal, die) != nil {
					kills, died = kills+1, true
				}
			}
			require.NoError(t, exportDeal(deal, 0))
			deals++
			content, err := os.ReadFile(filepath.Join(folder, deal+".xml"))
			require.NoError(t, err)
			assert.Equal(t, fileOf(item(deal, "1")), string(content))
		}
		l := open(t, place)
		assert.Len(t, entries(t, l, Filter{States: []State{Exported}}), deals, "none lost")
		for e, err := range l.Entries(t.Context(), Filter{}) {
			require.NoError(t, err)
			story, err := l.History(t.Context(), e.RowID)
			require.NoError(t, err)
			exported := slices.DeleteFunc(story.Exports, func(i ExportItem) bool { return i.ItemState != Exported })
			assert.Len(t, exported, 1, "none twice")
		}
		assert.Greater(t, kills, 20)
		t.Logf("%d runs, %d killed", runs, kills)
	})
}
