package ledger

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// noFile is a disk without files.
func noFile(string) (string, bool) { return "", false }

func TestRecover(t *testing.T) {
	there := func(path string) (string, bool) { return "file", path == "/out/orders.xml" }
	for name, c := range map[string]struct {
		path     string
		sending  bool
		host     string
		digestOf func(string) (string, bool)
		want     State
		state    State
	}{
		"the file is in place":          {path: "/out/orders.xml", digestOf: there, want: Exported, state: Exported},
		"no file":                       {path: "/out/orders.xml", digestOf: noFile, want: Cancelled, state: New},
		"another file in its place":     {path: "/out/orders.xml", digestOf: func(string) (string, bool) { return "other", true }, want: Cancelled, state: New},
		"a stream":                      {digestOf: there, want: Cancelled, state: New},
		"bytes on their way":            {sending: true, digestOf: noFile, want: Unknown, state: Unknown},
		"on another machine":            {path: "/out/orders.xml", host: "elsewhere", digestOf: noFile, want: Unknown, state: Unknown},
		"on a disk that machines share": {path: "/out/orders.xml", host: "elsewhere", digestOf: there, want: Exported, state: Exported},
		"a stream on another machine":   {host: "elsewhere", digestOf: noFile, want: Cancelled, state: New},
		"sent, with its file beside it": {path: "/out/orders.xml", sending: true, digestOf: there, want: Unknown, state: Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, place string) {
				l := run(t, place)
				if c.host != "" {
					l.self.host = c.host
				}
				id, err := l.Begin(t.Context(), Export{Path: c.path, Digest: "file", Pack: "raynet:firm"}, slices.Values(items("1", "1", "2")))
				require.NoError(t, err)
				if c.sending {
					require.NoError(t, l.Sending(t.Context(), id))
				}
				require.NoError(t, l.Close())

				l = run(t, place)
				recovered, err := l.Recover(t.Context(), c.digestOf)
				require.NoError(t, err)
				require.Len(t, recovered, 1)
				assert.Equal(t, id, recovered[0].ID)
				assert.Equal(t, c.want, recovered[0].Outcome)
				assert.Equal(t, []State{c.state, c.state}, states(t, l, "1", "2"))

				events := count(t, l, `SELECT count(*) FROM events`)
				recovered, err = l.Recover(t.Context(), c.digestOf)
				require.NoError(t, err)
				assert.Empty(t, recovered, "a second time there is nothing left")
				assert.Equal(t, events, count(t, l, `SELECT count(*) FROM events`))
			})
		})
	}
}

// A run on another machine cannot tell; when that machine looks, it can. What a
// person has settled meanwhile stays.
func TestAnotherMachineLooksLater(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		home := run(t, place)
		begin(t, home, items("1", "1", "2")...)
		require.NoError(t, home.Close())

		other := run(t, place)
		other.self.host = "elsewhere"
		_, err := other.Recover(t.Context(), noFile)
		require.NoError(t, err)
		_, err = other.Settle(t.Context(), []Answer{{Key: key("2"), State: Accepted, PohodaNumber: "26OP0002", By: ByHand}})
		require.NoError(t, err)
		require.NoError(t, other.Close())

		home = run(t, place)
		recovered, err := home.Recover(t.Context(), noFile)
		require.NoError(t, err)
		require.Len(t, recovered, 1)
		assert.Equal(t, Cancelled, recovered[0].Outcome)
		assert.Equal(t, []State{New, Accepted}, states(t, home, "1", "2"))
	})
}

// fileOf is the file that an export of items makes.
func fileOf(some ...Item) string {
	content := ""
	for _, i := range some {
		content += i.ID + " " + i.Document + "\n"
	}
	return content
}

// exportFile goes the whole way of an export with a file, as a use case does:
// what is transferred already stays out.
func exportFile(ctx context.Context, l *Ledger, path string, some ...Item) error {
	if _, err := l.Recover(ctx, func(path string) (string, bool) {
		content, err := os.ReadFile(path)
		return string(content), err == nil
	}); err != nil {
		return err
	}
	var due []Item
	for _, i := range some {
		r, err := l.Lookup(ctx, []Key{i.Key})
		if err != nil {
			return err
		}
		if !r[0].Known() || r[0].State == New {
			due = append(due, i)
		}
	}
	if len(due) == 0 {
		return nil
	}
	content := fileOf(due...)
	id, err := l.Begin(ctx, Export{Path: path, Digest: content, Pack: "raynet:firm"}, slices.Values(due))
	if err != nil {
		return err
	}
	for _, do := range []func() error{
		func() error { return l.Step("file.write") },
		func() error { return os.WriteFile(path+".tmp", []byte(content), 0o600) },
		func() error { return l.Step("file.rename") },
		func() error { return os.Rename(path+".tmp", path) },
	} {
		if err := do(); err != nil {
			return err
		}
	}
	return l.Placed(ctx, id)
}

// TestBrokenOffAtEveryStep ends a run before each of its steps, as an error
// would; the next run finishes the work with the same bytes.
func TestBrokenOffAtEveryStep(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		steps := 0
		for broken := 1; ; broken++ {
			folder := t.TempDir()
			path := filepath.Join(folder, "orders.xml")
			some := []Item{item(string(rune('a'+broken)), "1"), item(string(rune('A'+broken)), "1")}
			n := 0
			l := run(t, place)
			l.options.Fault = func(string) error {
				if n++; n == broken {
					return os.ErrProcessDone
				}
				return nil
			}
			err := exportFile(t.Context(), l, path, some...)
			l.options.Fault = nil
			require.NoError(t, l.Close())
			if err == nil {
				steps = n
				break
			}
			require.ErrorIs(t, err, os.ErrProcessDone)

			l = run(t, place)
			require.NoError(t, exportFile(t.Context(), l, path, some...))
			assert.Equal(t, []State{Exported, Exported}, states(t, l, some[0].Key.ID, some[1].Key.ID))
			content, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, fileOf(some...), string(content))
			assert.Equal(t, int64(2), count(t, l, `SELECT count(*) FROM items WHERE state = 'exported'
				AND export = (SELECT max(id) FROM exports WHERE state = 'exported')`))
			assert.Zero(t, count(t, l, `SELECT count(*) FROM exports WHERE state = 'writing'`))
			require.NoError(t, l.Close())
		}
		assert.Greater(t, steps, 10)
	})
}

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
