package ledger

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/oracle"
)

func openError(t *testing.T, place string, readOnly bool) diag.Code {
	t.Helper()
	_, err := Open(t.Context(), place, Options{Unit: unit, Now: time.Now, ReadOnly: readOnly, Patience: time.Millisecond})
	return code(t, err)
}

// used is a ledger with something in it, closed.
func used(t *testing.T, place string) {
	t.Helper()
	l := run(t, place)
	var some []Item
	for n := range 500 {
		some = append(some, item(string(rune('一'+n)), "1"))
	}
	export(t, l, some...)
	require.NoError(t, l.Close())
}

func TestADamagedFile(t *testing.T) {
	for name, c := range map[string]struct {
		want   diag.Code
		damage func([]byte)
	}{
		"its beginning": {CodeCorrupt, func(b []byte) { copy(b, "This is no longer") }},
		"its header":    {CodeCorrupt, func(b []byte) { copy(b[16:], bytes.Repeat([]byte{0xAA}, 84)) }},
		"its middle": {CodeDamaged, func(b []byte) {
			for n := 4096; n < len(b); n++ {
				b[n] ^= 0x5A
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			place := sqlitePlace(t)
			used(t, place)
			content, err := os.ReadFile(place)
			require.NoError(t, err)
			c.damage(content)
			require.NoError(t, os.WriteFile(place, content, 0o600))
			for _, readOnly := range []bool{false, true} {
				assert.Equal(t, c.want, openError(t, place, readOnly))
			}
			after, err := os.ReadFile(place)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(content, after), "nothing was overwritten")
		})
	}
}

func TestDamageThatShowsLater(t *testing.T) {
	place := sqlitePlace(t)
	used(t, place)
	l := run(t, place)
	var page int64
	require.NoError(t, l.db.QueryRow(`SELECT rootpage FROM sqlite_master WHERE name = 'records'`).Scan(&page))
	require.NoError(t, l.Close())
	content, err := os.ReadFile(place)
	require.NoError(t, err)
	copy(content[(page-1)*4096:page*4096], bytes.Repeat([]byte{0xAA}, 4096))
	require.NoError(t, os.WriteFile(place, content, 0o600))
	assert.Equal(t, CodeDamaged, openError(t, place, false), "it is looked through before it is written to")
	l = open(t, place, func(o *Options) { o.ReadOnly = true })
	_, err = l.Lookup(t.Context(), []Key{key("一")})
	assert.Equal(t, CodeDamaged, code(t, err), "who only looks finds it by reading")
	assert.Equal(t, CodeDamaged, code(t, l.Check(t.Context())))
}

// TestAnIndexThatLacksARecord: quick_check finds nothing wrong with an index whose
// key was altered, and the record that it lacks would count as new.
func TestAnIndexThatLacksARecord(t *testing.T) {
	for _, index := range []string{"sqlite_autoindex_units_1", "sqlite_autoindex_records_1", "sqlite_autoindex_records_2"} {
		t.Run(index, func(t *testing.T) {
			place := sqlitePlace(t)
			used(t, place)
			l := run(t, place)
			var page int64
			require.NoError(t, l.db.QueryRow(`SELECT rootpage FROM sqlite_master WHERE name = $1`, index).Scan(&page))
			require.NoError(t, l.Close())
			content, err := os.ReadFile(place)
			require.NoError(t, err)
			content[page*4096-2] ^= 1 // the cells stand at the end of a page
			require.NoError(t, os.WriteFile(place, content, 0o600))
			assert.Equal(t, CodeDamaged, openError(t, place, false))
		})
	}
}

// TestAValueThatWasNeverWritten: what the pages of a file do not show.
func TestAValueThatWasNeverWritten(t *testing.T) {
	for _, statement := range []string{
		`UPDATE records SET state = 'ezported'`,
		`UPDATE records SET payment = 'paif'`,
		`UPDATE records SET total = '1x'`,
		`UPDATE records SET revision = -1`,
		`UPDATE records SET revision = 'one'`,
		`UPDATE records SET export = NULL`,
		`UPDATE records SET id = 0 WHERE id = 2`,
	} {
		t.Run(statement, func(t *testing.T) {
			place := sqlitePlace(t)
			used(t, place)
			l := run(t, place)
			_, err := l.db.Exec(`PRAGMA ignore_check_constraints = 1`)
			require.NoError(t, err)
			if _, err := l.db.Exec(statement); err != nil {
				t.Skip("SQLite itself refuses it: " + err.Error())
			}
			all := make([]Key, 500)
			for n := range all {
				all[n] = key(string(rune('一' + n)))
			}
			_, err = l.Lookup(t.Context(), all)
			assert.Equal(t, CodeDamaged, code(t, err))
		})
	}
}

// TestACounterThatWentBack: numbers that were given are given again.
func TestACounterThatWentBack(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		used(t, place)
		l := run(t, place)
		_, err := l.db.Exec(`UPDATE units SET seq = 1`)
		require.NoError(t, err)
		_, err = l.Begin(t.Context(), Export{}, slices.Values([]Item{item("x", "1")}))
		assert.Equal(t, CodeDamaged, code(t, err))
	})
}

// TestAnItemThatIsGone: a row that has to be there.
func TestAnItemThatIsGone(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		used(t, place)
		l := run(t, place)
		_, err := l.db.Exec(`DELETE FROM items`)
		require.NoError(t, err)
		_, err = l.Begin(t.Context(), Export{}, slices.Values([]Item{item("一", "1")}))
		assert.Equal(t, CodeDamaged, code(t, err))
	})
}

func TestADatabaseOfSomethingElse(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		b, err := newBase(place, false)
		require.NoError(t, err)
		db, err := sql.Open(b.driver, b.dsn)
		require.NoError(t, err)
		_, err = db.Exec(`CREATE TABLE records (secret TEXT)`)
		require.NoError(t, err)
		require.NoError(t, db.Close())
		assert.Equal(t, CodeForeign, openError(t, place, false))
	})
}

func TestALedgerOfANewerVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		_, err := l.db.Exec(`INSERT INTO ledger_version (version_id, is_applied) VALUES (99, ` + map[string]string{"pgx": "true", "sqlite": "1"}[l.dialect.driver] + `)`)
		require.NoError(t, err)
		require.NoError(t, l.Close())
		_, err = Open(t.Context(), place, Options{Unit: unit, Now: time.Now})
		require.Equal(t, CodeNewer, code(t, err))
		assert.Equal(t, "99", diag.As(err).Args["version"])
		assert.Equal(t, "1", diag.As(err).Args["known"])
	})
}

func TestWhatCannotBeOpened(t *testing.T) {
	folder := t.TempDir()
	for name, c := range map[string]struct {
		place    string
		readOnly bool
		want     diag.Code
	}{
		"a folder":              {folder, false, CodeUnusable},
		"a folder that is not":  {filepath.Join(folder, "no", "ledger.db"), false, CodeUnusable},
		"nothing to look at":    {filepath.Join(folder, "ledger.db"), true, CodeMissing},
		"a server that is not":  {"postgres://nobody@127.0.0.1:1/none?connect_timeout=1", false, CodeUnreachable},
		"an address that is no": {"postgres://nobody:se cret@[::1/none", false, CodeUnusable},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, openError(t, c.place, c.readOnly))
		})
	}
	assert.NoFileExists(t, filepath.Join(folder, "ledger.db"))
}

func TestPasswordsAreNotShown(t *testing.T) {
	_, err := Open(t.Context(), "postgres://me:sesame@127.0.0.1:1/books?password=sesame", Options{Unit: unit, Now: time.Now, Patience: 1})
	require.Equal(t, CodeUnreachable, code(t, err))
	issue := diag.As(err)
	assert.NotContains(t, diag.English.Message(issue), "sesame")
	assert.Equal(t, "postgres://127.0.0.1:1/books", issue.Args["ledger"])
}

func TestOnlyItsOwnerReadsIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("on Windows a file has the rights of its folder, which is the user's own")
	}
	place := sqlitePlace(t)
	l := run(t, place)
	export(t, l, item("1", "1"))
	files, err := filepath.Glob(place + "*")
	require.NoError(t, err)
	assert.Len(t, files, 3)
	for _, file := range files {
		info, err := os.Stat(file)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), file)
	}
	require.NoError(t, l.Close())
	files, err = filepath.Glob(place + "*")
	require.NoError(t, err)
	assert.Equal(t, []string{place}, files, "one file is left")
}

func TestLookingAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		export(t, l, item("1", "1"))
		look := open(t, place, func(o *Options) { o.ReadOnly = true })
		assert.Len(t, entries(t, look, Filter{}), 1, "beside a run that has the lock")
		require.NoError(t, l.Close())
		assert.Equal(t, CodeReadOnly, code(t, look.Acquire(t.Context(), "looking", 0)))
		stranger := open(t, place, func(o *Options) { o.ReadOnly, o.Unit = true, "99999994" })
		assert.Empty(t, entries(t, stranger, Filter{}))
	})
}

// A disk that may only be read, and one that is full, as the machine lets a test
// make them.
func TestDisks(t *testing.T) {
	disk := t.TempDir()
	mount := func(options string) error {
		return exec.Command("mount", "-t", "tmpfs", "-o", options, "pohoda-test", disk).Run()
	}
	if err := mount("size=400k"); err != nil {
		oracle.Absent(t, "a file system to mount", err.Error())
	}
	defer func() { assert.NoError(t, exec.Command("umount", "-l", disk).Run()) }()
	place := filepath.Join(disk, "ledger.db")
	l := run(t, place)
	export(t, l, item("1", "1"))
	var some []Item
	for n := range 3000 {
		some = append(some, item(string(rune('一'+n)), "1"))
	}
	_, err := l.Begin(t.Context(), Export{}, slices.Values(some))
	assert.Equal(t, CodeFull, code(t, err))
	assert.Equal(t, []State{Exported, ""}, states(t, l, "1", "一"), "what was there is there")
	require.NoError(t, l.Close())

	require.NoError(t, mount("remount,ro"))
	assert.Equal(t, CodeReadOnly, openError(t, place, false))
	look := open(t, place, func(o *Options) { o.ReadOnly = true })
	assert.Len(t, entries(t, look, Filter{}), 1)
}

func TestNoRoomLeft(t *testing.T) {
	l := run(t, sqlitePlace(t))
	l.db.SetMaxOpenConns(1)
	_, err := l.db.Exec(`PRAGMA max_page_count = 60`)
	require.NoError(t, err)
	var some []Item
	for n := range 3000 {
		some = append(some, item(string(rune('一'+n)), "1"))
	}
	_, err = l.Begin(t.Context(), Export{}, slices.Values(some))
	assert.Equal(t, CodeFull, code(t, err))
	assert.Empty(t, entries(t, l, Filter{}))
}

// A program that keeps the file to itself, such as a viewer of databases that has
// begun to change it, does not keep a run for ever.
func TestAFileThatIsKept(t *testing.T) {
	place := sqlitePlace(t)
	l := run(t, place)
	l.db.SetMaxOpenConns(1)
	_, err := l.db.Exec(`PRAGMA busy_timeout = 10`)
	require.NoError(t, err)
	viewer, err := open(t, place).db.Begin()
	require.NoError(t, err)
	assert.Equal(t, CodeBusy, code(t, l.SetCursor(t.Context(), "source", "1")))
	require.NoError(t, viewer.Rollback())
	require.NoError(t, l.SetCursor(t.Context(), "source", "1"))
}

func TestErrorsThatNobodyForesaw(t *testing.T) {
	l := open(t, sqlitePlace(t))
	_, err := l.db.Exec(`SELECT nothing FROM nowhere`)
	assert.Equal(t, diag.Unexpected, diag.As(l.dialect.explain(err)).Code)
	asked := &fault{errors.New("asked for")}
	assert.Equal(t, asked, l.dialect.explain(asked))
}
