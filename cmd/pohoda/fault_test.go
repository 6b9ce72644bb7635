package main

import (
	"bytes"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/oracle"
)

// disk is a small file system of a test's own.
type disk struct {
	t    *testing.T
	path string
}

// newDisk mounts a disk, which only the administrator of a machine may.
func newDisk(t *testing.T, size string) disk {
	t.Helper()
	d := disk{t, t.TempDir()}
	if err := d.mount("size=" + size); err != nil {
		oracle.Absent(t, "a file system to mount", err.Error())
	}
	t.Cleanup(func() { assert.NoError(t, exec.Command("umount", "-l", d.path).Run()) })
	return d
}

func (d disk) mount(options string) error {
	return exec.Command("mount", "-t", "tmpfs", "-o", options, "pohoda-test", d.path).Run()
}

// fill leaves so many bytes free.
func (d disk) fill(free int) {
	d.t.Helper()
	filler := filepath.Join(d.path, "filler")
	file, err := os.Create(filler)
	require.NoError(d.t, err)
	page := make([]byte, 4096)
	for err == nil {
		_, err = file.Write(page)
	}
	info, err := file.Stat()
	require.NoError(d.t, err)
	require.NoError(d.t, file.Truncate(info.Size()-int64(free)))
	require.NoError(d.t, file.Close())
}

func (d disk) empty() {
	d.t.Helper()
	require.NoError(d.t, os.Remove(filepath.Join(d.path, "filler")))
}

// The disk of the ledger is full, with room for a page more each time: the run
// says so and leaves a ledger that is whole; what it could not do the next one
// does when there is room again.
func TestNoRoomForTheLedger(t *testing.T) {
	disk := newDisk(t, "2m")
	full := 0
	for pages := 0; ; pages++ {
		dir := t.TempDir()
		w := newWorld(t, dir, filepath.Join(disk.path, "ledger"+strconv.Itoa(pages)+".db"), &register{})
		w.offer(3)
		got, _ := w.run(exportNew...)
		require.Equal(t, exitDone, got.code, got)
		w.offer(6)
		disk.fill(pages * 4096)
		got = w.process(death{}, append(exportNew, "--json")...)
		if got.code != exitDone {
			full++
			assert.Equal(t, exitUsage, got.code, got)
			assert.Contains(t, got.stderr, `"code":"ledger-full"`)
			w.checkKilled()
		}
		disk.empty()
		last, _ := w.run(exportNew...)
		assert.Equal(t, exitDone, last.code, last)
		w.checkDone(nil)
		assert.Len(t, w.forPohoda(), 2)
		for _, end := range []string{"", "-wal", "-shm"} {
			os.Remove(w.ledger + end)
		}
		if got.code == exitDone {
			break
		}
	}
	assert.Greater(t, full, 3)
}

// The disk of the files for POHODA is full: nothing is there, and the records
// stand as before; they go when there is room.
func TestNoRoomForTheFiles(t *testing.T) {
	onBothLedgers(t, func(t *testing.T, w *world) {
		disk := newDisk(t, "64k")
		w.offer(3)
		disk.fill(0)
		toDisk := []string{"export", "deals", "--from", "DIR/deals.ndjson", "--new", "-o", filepath.Join(disk.path, "new.xml"), "--json"}
		got := w.process(death{}, toDisk...)
		assert.Equal(t, exitUsage, got.code, got)
		assert.Contains(t, got.stderr, `"code":"cannot-write"`)
		assert.Contains(t, got.stderr, `no space left on device`)
		left, err := filepath.Glob(filepath.Join(disk.path, "*"))
		require.NoError(t, err)
		hidden, err := filepath.Glob(filepath.Join(disk.path, ".*"))
		require.NoError(t, err)
		assert.Equal(t, []string{filepath.Join(disk.path, "filler")}, append(left, hidden...))
		db := w.open()
		assert.Equal(t, []string{"new 3"}, ask(t, db, `SELECT state, count(*) FROM records GROUP BY state`))
		assert.Equal(t, []string{"cancelled 1"}, ask(t, db, `SELECT state, count(*) FROM exports GROUP BY state`))
		assert.Empty(t, ask(t, db, torn+" UNION ALL "+undone))
		require.NoError(t, db.Close())

		disk.empty()
		got = w.process(death{}, toDisk...)
		assert.Equal(t, exitDone, got.code, got)
		pack, err := readPack(read(t, filepath.Join(disk.path, "new.xml")))
		require.NoError(t, err)
		assert.Len(t, pack.Items, 3)
	})
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	return content
}

// refuses runs a command that a ledger does not allow: it says why, writes no
// file and leaves every byte of the ledger.
func (w *world) refuses(code string, args ...string) {
	w.t.Helper()
	before, files := read(w.t, w.ledger), w.files()
	got := w.process(death{}, append(args, "--json")...)
	assert.Equal(w.t, exitUsage, got.code, got)
	assert.Contains(w.t, got.stderr+got.stdout, `"code":"`+code+`"`)
	assert.True(w.t, bytes.Equal(before, read(w.t, w.ledger)), "the ledger is as it was")
	assert.Equal(w.t, files, w.files())
}

// used is an office that has exported something.
func used(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	w := newWorld(t, dir, filepath.Join(dir, "ledger.db"), &register{})
	w.offer(3)
	got, _ := w.run(exportNew...)
	require.Equal(t, exitDone, got.code, got)
	w.offer(4)
	w.importAll()
	w.write("invoices.csv", "Číslo;Datum;Občj;Celkem;K likvidaci\n260100001;2.3.2026;OP-26-1;1210,00;0,00\n")
	return w
}

// writers are the commands that write into a ledger.
func (w *world) writers() [][]string {
	return [][]string{
		exportNew,
		{"export", "deal", "OP-26-4", "--from", "DIR/deals.ndjson", "-o", "DIR/out/"},
		{"ledger", "baseline", "--from", "DIR/deals.ndjson"},
		{"ledger", "confirm", here + w.answers[0]},
		{"ledger", "confirm", "--by-hand", "OP-26-1", "26OP0001"},
		{"ledger", "forget", "OP-26-1", "--yes"},
		{"ledger", "forget", "--erase", "OP-26-1", "--yes"},
		{"paid", "DIR/invoices.csv", "--mark"},
		{"paid", "DIR/invoices.csv", "--new"},
		{"paid", "DIR/invoices.csv", "--orders", "DIR/deals.ndjson", "--mark", "--to", "DIR/marked.ndjson"},
	}
}

func TestALedgerThatMayOnlyBeRead(t *testing.T) {
	w := used(t)
	if os.Geteuid() == 0 {
		// The rights of a file mean nothing to the administrator, a disk does.
		disk := newDisk(t, "2m")
		place := filepath.Join(disk.path, "ledger.db")
		require.NoError(t, os.WriteFile(place, read(t, w.ledger), 0o600))
		w.ledger = place
		w.configure(place)
		require.NoError(t, disk.mount("remount,ro"))
	} else {
		require.NoError(t, os.Chmod(w.ledger, 0o400))
	}
	for _, writer := range w.writers() {
		w.refuses("ledger-read-only", writer...)
	}
	got := w.process(death{}, append(exportNew, "--dry-run")...)
	assert.Equal(t, exitDone, got.code, got)
	assert.Contains(t, got.stderr, "\ndocuments that would be written: 1, ")
}

func TestALedgerInAFolderThatMayOnlyBeRead(t *testing.T) {
	if os.Geteuid() == 0 {
		oracle.Absent(t, "a user other than root", "the rights of a folder mean nothing to the administrator")
	}
	w := used(t)
	folder := t.TempDir()
	w.ledger = filepath.Join(folder, "ledger.db")
	require.NoError(t, os.Rename(w.path("ledger.db"), w.ledger))
	w.configure(w.ledger)
	require.NoError(t, os.Chmod(folder, 0o500))
	defer func() { assert.NoError(t, os.Chmod(folder, 0o700)) }()
	for _, writer := range w.writers() {
		w.refuses("ledger-read-only", writer...)
	}
}

func TestALedgerOfANewerTool(t *testing.T) {
	w := used(t)
	db, err := sql.Open("sqlite", w.ledger)
	require.NoError(t, err)
	_, err = db.Exec(`INSERT INTO ledger_version (version_id, is_applied) VALUES (99, 1)`)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	for _, writer := range w.writers() {
		w.refuses("ledger-newer", writer...)
	}
}

func TestADamagedLedger(t *testing.T) {
	w := used(t)
	content := read(t, w.ledger)
	for n := 4096; n < len(content); n++ {
		content[n] ^= 0x5A
	}
	require.NoError(t, os.WriteFile(w.ledger, content, 0o600))
	for _, writer := range w.writers() {
		w.refuses("ledger-damaged", writer...)
	}
}
