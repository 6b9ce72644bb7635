package ledger

import (
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
