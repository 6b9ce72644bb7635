package ledger

import (
	"bytes"
	"errors"
	"net"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// line is a line to a PostgreSQL that can be cut.
type line struct {
	listener net.Listener
	server   string
	// down refuses new connections; loseAnswerTo is a text: of the first question
	// that holds it the answer is lost, and the connection with it.
	down         atomic.Bool
	loseAnswerTo atomic.Pointer[string]

	mu   sync.Mutex
	open []net.Conn
}

// cuttable puts a line between a ledger and its database.
func cuttable(t *testing.T, place string) (*line, string) {
	t.Helper()
	u, err := url.Parse(place)
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l := &line{listener: listener, server: u.Host}
	t.Cleanup(func() { assert.NoError(t, listener.Close()); l.cut() })
	go l.serve()
	u.Host = listener.Addr().String()
	query := u.Query()
	query.Set("sslmode", "disable") // what is encrypted cannot be listened to
	u.RawQuery = query.Encode()
	return l, u.String()
}

// cut ends every connection.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	closeAll(l.open...)
	l.open = nil
}

func closeAll(ends ...net.Conn) {
	for _, end := range ends {
		_ = end.Close() // the other side may have been quicker
	}
}

func (l *line) serve() {
	for {
		client, err := l.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", l.server)
		if err != nil {
			closeAll(client)
			continue
		}
		if l.down.Load() {
			closeAll(client, server)
			continue
		}
		l.mu.Lock()
		l.open = append(l.open, client, server)
		l.mu.Unlock()
		mute := &atomic.Bool{}
		go forward(server, client, func(b []byte) bool {
			if text := l.loseAnswerTo.Load(); text != nil && bytes.Contains(b, []byte(*text)) && l.loseAnswerTo.CompareAndSwap(text, nil) {
				mute.Store(true)
			}
			return true
		})
		go forward(client, server, func([]byte) bool { return !mute.Load() })
	}
}

// forward passes bytes on while pass says so.
func forward(to, from net.Conn, pass func([]byte) bool) {
	defer closeAll(to, from)
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil || !pass(buffer[:n]) {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// The line is cut before each step of an export, and works again at once: the
// run does not notice, and nothing is written twice.
func TestTheLineIsCutAtEveryStep(t *testing.T) {
	place := postgresPlace(t)
	line, through := cuttable(t, place)
	for cut := 1; ; cut++ {
		deal, step := string(rune('a'+cut)), 0
		l := run(t, through, func(o *Options) {
			o.Fault = func(string) error {
				if step++; step == cut {
					line.cut()
				}
				return nil
			}
		})
		export(t, l, item(deal, "1"))
		settle(t, l, Answer{Item: item(deal, "1").ID, State: Accepted})
		require.NoError(t, l.Close())
		look := open(t, place)
		assert.Equal(t, []string{"began  writing", "placed writing exported", "settled exported accepted"}, told(t, look, find(t, look, deal)[0].RowID), "cut at step %d", cut)
		if step < cut {
			break
		}
	}
}

// The database has committed, and the answer is lost: the run finds out.
func TestTheAnswerToACommitIsLost(t *testing.T) {
	place := postgresPlace(t)
	line, through := cuttable(t, place)
	l := run(t, through)
	commit := "commit"
	line.loseAnswerTo.Store(&commit)
	id := begin(t, l, item("1", "1"))
	assert.Nil(t, line.loseAnswerTo.Load(), "it was lost")
	line.loseAnswerTo.Store(&commit)
	require.NoError(t, l.Placed(t.Context(), id))
	assert.Equal(t, int64(1), count(t, l, `SELECT count(*) FROM exports`))
	assert.Equal(t, []string{"began  writing", "placed writing exported"}, told(t, l, find(t, l, "1")[0].RowID))
}

// The answer to the taking of the lock is lost: the run knows its own lock.
func TestTheAnswerToTheLockIsLost(t *testing.T) {
	place := postgresPlace(t)
	line, through := cuttable(t, place)
	l := open(t, through)
	text := "SET token ="
	line.loseAnswerTo.Store(&text)
	require.NoError(t, l.Acquire(t.Context(), "test", 0))
	assert.Nil(t, line.loseAnswerTo.Load(), "it was lost")
	require.NoError(t, l.SetCursor(t.Context(), "source", "1"))
}

// The database is away for a while: a patient run waits, another one says so and
// has written nothing; when the database is back, the work goes on.
func TestTheDatabaseIsAway(t *testing.T) {
	place := postgresPlace(t)
	line, through := cuttable(t, place)
	l := run(t, through)
	away := func() { line.down.Store(true); line.cut() }

	away()
	time.AfterFunc(300*time.Millisecond, func() { line.down.Store(false) })
	export(t, l, item("1", "1"))

	l.options.Patience = 50 * time.Millisecond
	away()
	_, err := l.Begin(t.Context(), Export{}, slices.Values([]Item{item("2", "1")}))
	assert.Equal(t, CodeUnreachable, code(t, err))
	_, err = l.Lookup(t.Context(), []Key{key("1")})
	assert.Equal(t, CodeUnreachable, code(t, err))
	for _, err := range l.Entries(t.Context(), Filter{}) {
		assert.Equal(t, CodeUnreachable, code(t, err))
	}
	line.down.Store(false)
	assert.Equal(t, []State{Exported, ""}, states(t, l, "1", "2"))
	export(t, l, item("2", "1"))
}

// A program that keeps the row of the unit does not keep a run for ever.
func TestARowThatIsKept(t *testing.T) {
	place := postgresPlace(t)
	l := run(t, place+"&lock_timeout=50")
	tx, err := open(t, place).db.Begin()
	require.NoError(t, err)
	_, err = tx.Exec(`UPDATE units SET beat = beat`)
	require.NoError(t, err)
	assert.Equal(t, CodeBusy, code(t, l.SetCursor(t.Context(), "source", "1")))
	require.NoError(t, tx.Rollback())
	require.NoError(t, l.SetCursor(t.Context(), "source", "1"))
}

// A fault that a test asks for is not tried again, though it looks like a line
// that was cut.
func TestAFaultIsNotTriedAgain(t *testing.T) {
	l := run(t, sqlitePlace(t))
	n := 0
	l.options.Fault = func(string) error { n++; return &net.OpError{Err: errors.New("cut")} }
	require.Error(t, l.SetCursor(t.Context(), "source", "1"))
	assert.Equal(t, 1, n)
}
