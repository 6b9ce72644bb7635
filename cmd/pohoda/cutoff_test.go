package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// line is a line to a PostgreSQL that can be cut.
type line struct {
	server string
	mu     sync.Mutex
	down   bool
	open   []net.Conn
}

// cuttable puts a line between an office and its ledger.
func cuttable(t *testing.T, w *world) *line {
	t.Helper()
	u, err := url.Parse(w.ledger)
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l := &line{server: u.Host}
	t.Cleanup(func() { assert.NoError(t, listener.Close()); l.cut(false) })
	go l.serve(listener)
	u.Host = listener.Addr().String()
	w.configure(u.String())
	return l
}

func (l *line) serve(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", l.server)
		if err != nil {
			client.Close()
			continue
		}
		l.keep(client, server)
		for _, way := range [][2]net.Conn{{client, server}, {server, client}} {
			go func() {
				// It ends when either side does, or the line is cut.
				_, _ = io.Copy(way[0], way[1])
				client.Close()
				server.Close()
			}()
		}
	}
}

// keep remembers a connection, or ends it at once while the line is down.
func (l *line) keep(ends ...net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = append(l.open, ends...)
	if l.down {
		l.end()
	}
}

// cut ends every connection; down lets no other come.
func (l *line) cut(down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = down
	l.end()
}

func (l *line) end() {
	for _, end := range l.open {
		end.Close()
	}
	l.open = nil
}

// broken runs the export of what is new, and does something before one of its
// steps, which is named or counted; it tells how many steps there were.
func (w *world) broken(step any, do func()) (got ran, steps int) {
	var stdout, stderr bytes.Buffer
	env := w.env(&stdout, &stderr)
	env.Fault = func(name string) error {
		if steps++; step == any(steps) || step == any(name) {
			do()
		}
		return nil
	}
	code := run(context.Background(), env, w.args(exportNew))
	return ran{code, stdout.String(), stderr.String()}, steps
}

// steady is an office in which nothing breaks.
func steady(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	return newWorld(t, dir, filepath.Join(dir, "ledger.db"), &register{})
}

// The line to the database is cut before each step of an export and works again
// at once, or in a while: nothing of it shows.
func TestTheDatabaseIsCutOffForAMoment(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t, t.TempDir(), postgresSchema(t, "for_a_moment"), &register{}), steady(t)
	l := cuttable(t, w)
	for cut, steps := 1, 1; cut <= steps; cut++ {
		for _, w := range []*world{w, other} {
			w.offer(cut)
		}
		var got ran
		away := cut%5 == 0
		got, steps = w.broken(cut, func() {
			l.cut(away)
			time.AfterFunc(300*time.Millisecond, func() { l.cut(false) })
		})
		assert.Equal(t, exitDone, got.code, got)
		got, _ = other.run(exportNew...)
		assert.Equal(t, exitDone, got.code, got)
	}
	assert.Equal(t, other.checkDone(nil), w.checkDone(nil))
	assert.Equal(t, other.files(), w.files())
}

// The database is away for long: the run gives up and says so, and what it had
// begun the next one ends.
func TestTheDatabaseIsCutOffForLong(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup
	defer all.Wait()
	for _, step := range []string{"lock.take", "begin.items", "begin.commit", "begin.committed", "file.placed", "placed.commit", "cursor.commit"} {
		ledger := postgresSchema(t, "for_long_"+strings.ReplaceAll(step, ".", "_"))
		// They mostly wait, so all do at once.
		all.Go(func() {
			t.Run(step, func(t *testing.T) {
				w, other := newWorld(t, t.TempDir(), ledger, &register{}), steady(t)
				l := cuttable(t, w)
				for _, w := range []*world{w, other} {
					w.offer(3)
					got, _ := w.run(exportNew...)
					require.Equal(t, exitDone, got.code, got)
					w.offer(5)
				}
				got := w.paused(step, func() { l.cut(true) }, exportNew...)
				assert.Equal(t, exitUnreachable, got.code, got)
				assert.Contains(t, got.stderr, "cannot be reached")
				w.checkKilled()

				l.cut(false)
				for _, w := range []*world{w, other} {
					got, _ = w.run(exportNew...)
					assert.Equal(t, exitDone, got.code, got)
				}
				assert.Equal(t, other.checkDone(nil), w.checkDone(nil))
				assert.Equal(t, other.files(), w.files())
			})
		})
	}
}
