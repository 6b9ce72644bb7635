package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/oracle"
)

// world is an office: a CRM's file of deals, a ledger, a folder of files for
// POHODA, and a POHODA.
type world struct {
	t           *testing.T
	dir, ledger string
	// scratch is for what a test does aside.
	scratch string
	books   *accountancy
	// answers are the files of its POHODA's answers, in their order.
	answers []string
}

const testUnit = "12345679"

func newWorld(t *testing.T, dir, ledger string, r *register) *world {
	t.Helper()
	w := &world{t: t, dir: dir, ledger: ledger, scratch: t.TempDir(), books: newAccountancy(r)}
	for _, folder := range []string{"out", "answers"} {
		require.NoError(t, os.MkdirAll(w.path(folder), 0o750))
	}
	w.configure(ledger)
	return w
}

// configure says where the office finds its ledger.
func (w *world) configure(ledger string) {
	w.t.Helper()
	w.write("pohoda.yaml", "unit: {ico: \""+testUnit+"\"}\nlines: {link: never}\nledger: \""+filepath.ToSlash(ledger)+"\"\n")
}

func (w *world) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *world) write(name, content string) {
	w.t.Helper()
	require.NoError(w.t, os.WriteFile(w.path(name), []byte(content), 0o600))
}

func (w *world) read(name string) []byte {
	w.t.Helper()
	content, err := os.ReadFile(w.path(name))
	require.NoError(w.t, err)
	return content
}

// here begins a path in the world's folder, in the arguments of a command.
const here = "DIR/"

func (w *world) args(args []string) []string {
	args = append([]string{"--config", w.path("pohoda.yaml")}, args...)
	for n := range args {
		if name, ok := strings.CutPrefix(args[n], here); ok {
			args[n] = w.path(name)
			if strings.HasSuffix(name, "/") {
				args[n] += string(filepath.Separator)
			}
		}
	}
	return args
}

// ran is what came of a run.
type ran struct {
	// code is -1 for a process that was killed.
	code           int
	stdout, stderr string
}

func (r ran) String() string { return fmt.Sprintf("exit %d\n%s%s", r.code, r.stdout, r.stderr) }

// env is the environment of a command in this process.
func (w *world) env(stdout, stderr *bytes.Buffer) *Env {
	return &Env{
		Stdin: strings.NewReader(""), Stdout: stdout, Stderr: stderr, Now: time.Now, UserDir: w.path(".config"),
		// Go's own variables, so that the command leaves the memory of the tests alone.
		Vars: map[string]string{"GOGC": "100", "GOMEMLIMIT": "off"},
	}
}

// run runs a command in this process, and names the steps of its ledger.
func (w *world) run(args ...string) (got ran, steps []string) {
	var stdout, stderr bytes.Buffer
	env := w.env(&stdout, &stderr)
	env.Fault = func(step string) error { steps = append(steps, step); return nil }
	code := run(context.Background(), env, w.args(args))
	return ran{code, stdout.String(), stderr.String()}, steps
}

// process runs a command in another process, which may die.
func (w *world) process(d death, args ...string) ran {
	c := asProgram(w.t, killed, w.dir, w.args(args)...)
	c.Env = append(c.Env, killStepVar+"="+d.step, killDelayVar+"="+d.delay.String())
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		require.NoError(w.t, err)
	}
	return ran{c.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// files are the files for POHODA by their names, without what a killed process
// may leave behind.
func (w *world) files() map[string][]byte {
	w.t.Helper()
	files := map[string][]byte{}
	require.NoError(w.t, filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(w.dir, path)
		switch {
		case err != nil || d.IsDir(), strings.HasPrefix(name, "ledger.db"), name == "pohoda.yaml":
			return err
		case strings.HasPrefix(d.Name(), ".pohoda-") && strings.HasSuffix(name, ".tmp"):
			return nil
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	}))
	return files
}

// forPohoda are the names of the files for POHODA in their order.
func (w *world) forPohoda() []string {
	w.t.Helper()
	var names []string
	for name := range w.files() {
		if strings.HasPrefix(name, "out/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// importAll lets POHODA read the files that it has not read, and answer them.
func (w *world) importAll() {
	w.t.Helper()
	for _, name := range w.forPohoda() {
		content := w.read(name)
		answer, err := w.books.takes(content)
		require.NoError(w.t, err, name)
		if answer != "" {
			file := "answers/" + digestOf(content)[:12] + ".xml"
			w.answers = append(w.answers, file)
			w.write(file, answer)
		}
	}
}

// read tells whether POHODA has read all the files that are there.
func (w *world) allImported() bool {
	return !slices.ContainsFunc(w.forPohoda(), func(name string) bool { return !w.books.imported[digestOf(w.read(name))] })
}

func (w *world) inPostgres() bool { return strings.HasPrefix(w.ledger, "postgres") }

// open opens the ledger of a world for looking into its tables. What a killed
// process has left is copied first: looking at it would mend it.
func (w *world) open() *sql.DB {
	w.t.Helper()
	driver, source := "pgx", w.ledger
	if !w.inPostgres() {
		driver, source = "sqlite", "file:"+filepath.ToSlash(w.ledger)+"?mode=ro&immutable=1"
		if isFile(w.ledger + "-wal") {
			source = "file:" + filepath.ToSlash(w.copied()) + "?_pragma=synchronous(OFF)"
		} else if !isFile(w.ledger) {
			source = ":memory:"
		}
	}
	db, err := sql.Open(driver, source)
	require.NoError(w.t, err)
	return db
}

func isFile(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// copied is a copy of the ledger, with its log.
func (w *world) copied() string {
	w.t.Helper()
	copied := filepath.Join(w.scratch, "ledger.db")
	for _, end := range []string{"-shm", "-wal", ""} {
		os.Remove(copied + end)
	}
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(w.ledger + end)
		require.NoError(w.t, err)
		require.NoError(w.t, os.WriteFile(copied+end, content, 0o600))
	}
	return copied
}

// ask gives the rows of a question, each as a text.
func ask(t *testing.T, db *sql.DB, question string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), question)
	require.NoError(t, err, question)
	defer rows.Close()
	names, err := rows.Columns()
	require.NoError(t, err)
	all := []string{}
	for rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for n := range values {
			into[n] = &values[n]
		}
		require.NoError(t, rows.Scan(into...))
		all = append(all, strings.TrimSuffix(fmt.Sprintln(values...), "\n"))
	}
	require.NoError(t, rows.Err())
	return all
}

// postgresServer is the database that the environment names.
func postgresServer(t *testing.T) string {
	t.Helper()
	return oracle.Postgres(t)
}

// postgresSchema gives a schema of a test's own in that database.
func postgresSchema(t *testing.T, name string) string {
	t.Helper()
	server := postgresServer(t)
	admin, err := sql.Open("pgx", server)
	require.NoError(t, err)
	name = fmt.Sprintf("%s_%d", name, os.Getpid())
	_, err = admin.ExecContext(t.Context(), `CREATE SCHEMA `+name)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := admin.ExecContext(context.WithoutCancel(t.Context()), `DROP SCHEMA `+name+` CASCADE`)
		assert.NoError(t, err)
		assert.NoError(t, admin.Close())
	})
	u, err := url.Parse(server)
	require.NoError(t, err)
	query := u.Query()
	query.Set("search_path", name)
	u.RawQuery = query.Encode()
	return u.String()
}
