package ledger

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// CodeLocked says that another run works on the unit: {holder}, since {since}.
var CodeLocked = diag.Locked.Code("ledger-locked", "holder", "since", "unit")

// held is the lock of this run.
type held struct {
	token int64
	// taken is when, by the clock of this machine and by the one that all share.
	taken  time.Time
	shared int64
	stop   context.CancelFunc
	done   chan struct{}
}

// beat is a sign of life: the shared time now. It goes by the time that has
// passed, so that a clock that is set does not let the lock lapse.
func (h *held) beat(l *Ledger) int64 {
	return h.shared + l.options.Now().Sub(h.taken).Milliseconds()
}

// holder is who has the lock, as the row of the unit says it.
type holder struct {
	token, beat int64
	name        string
	process     process
	since       string
}

// pollLock is how often a run that waits looks for the lock.
const pollLock = 250 * time.Millisecond

// Acquire takes the lock of the unit for a run that calls itself who ("export
// orders"), and keeps it until Release or Close. A run that holds it is waited
// for as long as wait says; then the issue CodeLocked names it. The lock of a
// run that died is taken over: on this machine at once, from another when its
// lease is over. Of a run that goes on after its lock was taken over nothing is
// written any more (CodeLockLost).
func (l *Ledger) Acquire(ctx context.Context, who string, wait time.Duration) error {
	if l.lock != nil {
		return errors.New("ledger: the lock is already held")
	}
	waited := time.NewTimer(max(wait, 0))
	defer waited.Stop()
	for {
		other, moved, err := l.tryLock(ctx, who)
		switch {
		case err != nil:
			return err
		case l.lock != nil:
			return l.tellTakenOver(ctx, other)
		case moved:
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-waited.C:
			return diag.New(CodeLocked, "unit", l.options.Unit, "holder", other.String(),
				"since", parseStamp(other.since).In(l.options.Now().Location()).Format("2006-01-02 15:04:05"))
		case <-time.After(pollLock):
		}
	}
}

// tryLock takes the lock if nobody alive has it, and tells who has or had it. Its
// row may have moved after it was read: another run was quicker, or the database
// has only now heard the last words of a dead one.
func (l *Ledger) tryLock(ctx context.Context, who string) (other holder, moved bool, err error) {
	mine := holder{name: who, process: l.self}
	err = l.retry(ctx, func() error {
		was, err := l.holder(ctx)
		if err != nil {
			return err
		}
		if mine.token > 0 && was.token == mine.token && was.beat == mine.beat && was.process == l.self {
			// The line was cut after this run had taken the lock.
			l.keep(mine.token, mine.beat)
			return nil
		}
		other, moved = was, false
		now, err := l.sharedTime(ctx)
		if err != nil || !l.free(was, now) {
			return err
		}
		mine.token, mine.beat = was.token+1, now
		taken, err := l.takeLock(ctx, was, mine)
		if err == nil && taken {
			l.keep(mine.token, mine.beat)
		}
		moved = !taken
		return err
	})
	return other, moved, err
}

// holder reads who has the lock.
func (l *Ledger) holder(ctx context.Context) (h holder, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT token, beat, holder, host, place, pid, started, since FROM units WHERE id = $1`, l.unit).
		Scan(&h.token, &h.beat, &h.name, &h.process.host, &h.process.place, &h.process.pid, &h.process.started, &h.since)
	return h, err
}

// sharedTime is the time by the clock that all runs share, in milliseconds.
func (l *Ledger) sharedTime(ctx context.Context) (now int64, err error) {
	if l.dialect.clock == "" {
		return l.options.Now().UnixMilli(), nil
	}
	err = l.db.QueryRowContext(ctx, l.dialect.clock).Scan(&now)
	return now, err
}

// free tells whether a lock may be taken: nobody has it, or a run that is dead.
func (l *Ledger) free(h holder, now int64) bool {
	if h.name == "" {
		return true
	}
	if h.process.place == l.self.place {
		return !h.process.alive()
	}
	return now-h.beat > l.options.Lease.Milliseconds()
}

// takeLock writes this run into the row of the unit, unless the row has changed
// since it was read.
func (l *Ledger) takeLock(ctx context.Context, was, mine holder) (bool, error) {
	if err := l.Step("lock.take"); err != nil {
		return false, err
	}
	p := mine.process
	result, err := l.db.ExecContext(ctx, `UPDATE units SET token = $1, beat = $2, holder = $3, host = $4, place = $5, pid = $6, started = $7, since = $8
		WHERE id = $9 AND token = $10 AND beat = $11 AND holder = $12`,
		mine.token, mine.beat, mine.name, p.host, p.place, p.pid, p.started, l.stamp(), l.unit, was.token, was.beat, was.name)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// keep remembers the lock and gives signs of life until it is released.
func (l *Ledger) keep(token, shared int64) {
	ctx, stop := context.WithCancel(context.Background())
	h := &held{token: token, taken: l.options.Now(), shared: shared, stop: stop, done: make(chan struct{})}
	l.lock = h
	go func() {
		defer close(h.done)
		ticker := time.NewTicker(l.options.Lease / 4)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				l.showLife(ctx, h)
			}
		}
	}()
}

// showLife renews the lock, unless a transaction does that just now. What fails
// is tried again at the next beat; a lock that was lost shows when something is
// written.
func (l *Ledger) showLife(ctx context.Context, h *held) {
	if !l.writing.TryLock() {
		return
	}
	defer l.writing.Unlock()
	_, _ = l.db.ExecContext(ctx, `UPDATE units SET beat = $1 WHERE id = $2 AND token = $3`, h.beat(l), l.unit, h.token)
}

// tellTakenOver writes down that a dead run's lock was taken over.
func (l *Ledger) tellTakenOver(ctx context.Context, dead holder) error {
	if dead.name == "" {
		return nil
	}
	return l.write(ctx, "takeover", func(c *change) error {
		return c.event(EventTakenOver, 0, 0, "", "", &Details{Holder: dead.String()})
	})
}

// releasePatience is short: a lock that cannot be given back lapses by itself.
const releasePatience = 2 * time.Second

// Release gives the lock back.
func (l *Ledger) Release(ctx context.Context) error {
	h := l.lock
	if h == nil {
		return nil
	}
	h.stop()
	<-h.done
	l.writing.Lock()
	defer l.writing.Unlock()
	l.lock = nil
	return l.retryFor(ctx, min(l.options.Patience, releasePatience), func() error {
		if err := l.Step("lock.release"); err != nil {
			return err
		}
		_, err := l.db.ExecContext(ctx, `UPDATE units SET holder = '' WHERE id = $1 AND token = $2`, l.unit, h.token)
		return err
	})
}

// String names the run for people.
func (h holder) String() string {
	return fmt.Sprintf("%s (process %d on %s)", h.name, h.process.pid, h.process.host)
}

// process names a process so that another can tell whether it is still alive.
type process struct {
	host string
	// place is where the number of the process means something: a machine, since
	// it was started, and a container in it.
	place string
	pid   int64
	// started tells the process from a later one of the same number.
	started string
}

func thisProcess() process {
	// Without a name the lease alone decides.
	host, _ := os.Hostname()
	pid := int64(os.Getpid())
	started, _ := startOf(pid)
	return process{host: host, place: strings.Join(append([]string{host}, surroundings()...), " "), pid: pid, started: started}
}

// alive tells whether the process runs; it is asked only at its place. One of
// which nothing is told, since it is another user's, counts as alive.
func (p process) alive() bool {
	started, running := startOf(p.pid)
	return running && (started == "" || started == p.started)
}
