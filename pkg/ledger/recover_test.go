package ledger

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

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
