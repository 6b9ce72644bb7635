package ledger

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// dialect is the database under a ledger: what differs between SQLite and
// PostgreSQL. All other SQL is the same.
type dialect struct {
	driver, dsn string
	// name is the ledger as messages show it, without a password.
	name string
	// anonymous placeholders are written ?, others $1: SQLite takes both, and
	// looks names up for a long time where there are many.
	anonymous bool
	// beforehand is what is said before the tables are made.
	initSQL string
	// tables counts the tables that are there, tableName is the column of their
	// names.
	tables, tableName string
	// clock asks for the time that all runs share, in milliseconds; "" is the
	// clock of this machine.
	clock string
}

// sqliteDriver is the name of the driver of a ledger in one file.
const sqliteDriver = "sqlite"

// pohodaSchema is where the tables live in PostgreSQL, unless the URL names a
// search_path.
const pohodaSchema = "pohoda"

// parameters are set in PostgreSQL, unless the URL sets them. The server
// has to notice that a run is gone, or else its half transaction would keep the
// unit's row from the others.
var parameters = map[string]string{
	"search_path":                         pohodaSchema,
	"connect_timeout":                     "5",
	"lock_timeout":                        "30s",
	"idle_in_transaction_session_timeout": "60s",
	"tcp_keepalives_idle":                 "20",
	"tcp_keepalives_interval":             "5",
	"tcp_keepalives_count":                "4",
}

func newBase(source string, readOnly bool) (dialect, error) {
	if strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://") {
		return postgres(source, readOnly)
	}
	if scheme, _, isURL := strings.Cut(source, "://"); isURL {
		return dialect{}, dialect{name: scheme + "://…"}.issue(CodeUnusable, errors.New("not a file, and not postgres://"))
	}
	return sqlite(source, readOnly)
}

func postgres(source string, readOnly bool) (dialect, error) {
	u, err := url.Parse(source)
	if err != nil {
		// The text of the error repeats the URL with its password.
		return dialect{}, dialect{name: "postgres://…"}.issue(CodeUnusable, errors.New("not a URL"))
	}
	b := dialect{
		driver:    "pgx",
		name:      diag.MaskPlace(source),
		initSQL:   `SELECT 1`,
		tables:    `SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()`,
		tableName: "table_name",
		clock:     `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint`,
	}
	query := u.Query()
	if !query.Has("search_path") {
		b.initSQL = `CREATE SCHEMA IF NOT EXISTS ` + pohodaSchema
	}
	for name, value := range parameters {
		if !query.Has(name) {
			query.Set(name, value)
		}
	}
	if readOnly {
		query.Set("default_transaction_read_only", "on")
	}
	u.RawQuery = query.Encode()
	b.dsn = u.String()
	return b, nil
}

// sqlite prepares the file of a ledger: a new one is made here, since SQLite
// would let everybody read it; its companions (-wal, -shm) take the same rights.
//
// What is erased is overwritten (secure_delete). WAL lets a long list be read while an export writes, where a rollback journal
// would make the writer wait for a reader at a pager; with synchronous=FULL
// every commit is on the disk before it counts. WAL needs a disk of this
// machine: runs on several machines share a PostgreSQL.
func sqlite(path string, readOnly bool) (dialect, error) {
	b := dialect{
		driver: sqliteDriver, name: diag.MaskPlace(path), anonymous: true, initSQL: `PRAGMA journal_mode = WAL`,
		tables: `SELECT count(*) FROM sqlite_master WHERE type = 'table'`, tableName: "name",
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return b, b.issue(CodeUnusable, err)
	}
	if err := makeFile(full, readOnly); err != nil {
		return b, b.fileIssue(err, readOnly)
	}
	query := url.Values{"_pragma": {"busy_timeout(20000)", "synchronous(FULL)", "secure_delete(ON)"}, "_txlock": {"immediate"}}
	switch {
	case readOnly && canWriteBeside(full) && (openToWrite(full) == nil || isInUse(full)):
		query.Set("_query_only", "1")
	case readOnly:
		// Without its companions SQLite reads only a file that nobody changes. Those
		// that it makes have the rights of the file, and would outlive its protection.
		query.Set("mode", "ro")
		query.Set("immutable", "1")
	}
	slashed := filepath.ToSlash(full)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	b.dsn = (&url.URL{Scheme: "file", Path: slashed, RawQuery: query.Encode()}).String()
	return b, nil
}

// tuples writes rows of placeholders: ($1,$2),($3,$4).
func (b dialect) tuples(rows, width int) string {
	text := make([]string, rows)
	for row := range text {
		text[row] = b.placeholders(row*width+1, width)
	}
	return strings.Join(text, ",")
}

// placeholders writes placeholders in brackets, from a number on: ($3,$4).
func (b dialect) placeholders(first, count int) string {
	if b.anonymous {
		return "(?" + strings.Repeat(",?", count-1) + ")"
	}
	text := make([]string, count)
	for n := range text {
		text[n] = "$" + strconv.Itoa(first+n)
	}
	return "(" + strings.Join(text, ",") + ")"
}

// header is how every SQLite file begins.
var header = []byte("SQLite format 3\x00")

// errNotSQLite says that a file is of another kind, or damaged from its first
// byte on.
var errNotSQLite = errors.New("it does not begin like an SQLite file")

// readOnlyError says that a file is there, and may not be written.
type readOnlyError struct{ error }

func (e *readOnlyError) Unwrap() error { return e.error }

// makeFile makes sure of a file that may be a ledger before SQLite touches it.
func makeFile(path string, readOnly bool) error {
	if !readOnly {
		how := os.O_WRONLY | os.O_CREATE | os.O_EXCL
		if leadsNowhere(path) {
			how &^= os.O_EXCL // which makes no file behind a link
		}
		file, err := os.OpenFile(path, how, 0o600)
		if err == nil {
			return file.Close()
		}
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err := mayWrite(path); err != nil {
			return err
		}
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	head := make([]byte, len(header))
	switch _, err := io.ReadFull(file, head); {
	case errors.Is(err, io.EOF):
		return nil // empty: a run died before it could write
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return err
	case !bytes.Equal(head, header):
		return errNotSQLite
	}
	return nil
}

// leadsNowhere tells a symbolic link to a file that is not there yet.
func leadsNowhere(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return false
	}
	_, err = os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// isInUse tells whether a file has companions, which say more than it does.
func isInUse(path string) bool {
	_, err := os.Stat(path + "-wal")
	return err == nil
}

// mayWrite tells a file that may not be written, or whose folder may not be: there
// SQLite keeps its companions, and would say of either that it cannot be opened.
func mayWrite(path string) error {
	err := openToWrite(path)
	if err == nil {
		err = writeBeside(path)
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return &readOnlyError{err}
	}
	// What else is wrong with it SQLite says better.
	return nil
}

// openToWrite tries whether a file may be written.
func openToWrite(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return file.Close()
}

// canWriteBeside tells whether SQLite can keep its companions beside a file, or
// finds them there.
func canWriteBeside(path string) bool {
	if _, err := os.Stat(path + "-shm"); err == nil {
		return true
	}
	return writeBeside(path) == nil
}

// writeBeside tries to write beside a file.
func writeBeside(path string) error {
	probe, err := os.CreateTemp(filepath.Dir(path), ".pohoda-*.tmp")
	if err != nil {
		return err
	}
	probe.Close()
	os.Remove(probe.Name())
	return nil
}

//go:embed migrations/*.sql
var migrationFiles embed.FS

// versionTable is where the version of the tables is kept; it also tells a
// ledger from other databases.
const versionTable = "ledger_version"

// migrateTries is how often the tables are made anew after an error: several
// runs may make them at the same time, and all but one of them fail. SQLite does not
// let those wait that turn a new file to WAL at once, so they wait here, from
// migratePause on twice as long each time.
const (
	migrateTries = 8
	migratePause = 10 * time.Millisecond
)

// migrate brings the tables to the version of this program. A ledger that is up
// to date is not touched, one of a newer version is refused.
func (l *Ledger) migrate(ctx context.Context) error {
	var failed error
	for n := range migrateTries {
		if n > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(migratePause << n):
			}
		}
		var version, tables int64
		err := l.retry(ctx, func() (err error) {
			version, tables, err = l.version(ctx)
			return err
		})
		switch {
		case err != nil:
			return err
		case version > newest:
			issue := l.dialect.issue(CodeNewer, errors.New("version "+strconv.FormatInt(version, 10)))
			issue.Args["version"], issue.Args["known"] = strconv.FormatInt(version, 10), strconv.FormatInt(newest, 10)
			return issue
		case version == newest:
			return nil
		case version == 0 && tables > 0:
			return l.dialect.issue(CodeForeign, errors.New("other tables"))
		case l.options.ReadOnly && version == 0:
			return l.dialect.issue(CodeMissing, fs.ErrNotExist)
		case l.options.ReadOnly:
			return l.dialect.issue(CodeReadOnly, errors.New("older version"))
		}
		if failed = l.upgrade(ctx); failed == nil {
			l.made = version == 0
			return nil
		}
	}
	return l.dialect.explain(failed)
}

// newest is the version of the last migration.
const newest = 1

// version reads the version of the tables: 0 when there are none, and then how
// many others there are.
func (l *Ledger) version(ctx context.Context) (version, others int64, err error) {
	var tables int64
	if err := l.db.QueryRowContext(ctx, l.dialect.tables).Scan(&tables); err != nil || tables == 0 {
		return 0, 0, err
	}
	if err := l.db.QueryRowContext(ctx, l.dialect.tables+` AND `+l.dialect.tableName+` = $1`, versionTable).Scan(&others); err != nil {
		return 0, 0, err
	}
	if others == 0 {
		return 0, tables, nil
	}
	err = l.db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM `+versionTable).Scan(&version)
	return version, 0, err
}

// upgrade runs the migrations that are missing.
func (l *Ledger) upgrade(ctx context.Context) error {
	if err := l.Step("migrate"); err != nil {
		return err
	}
	if _, err := l.db.ExecContext(ctx, l.dialect.initSQL); err != nil {
		return err
	}
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return err
	}
	dialect := goose.DialectSQLite3
	if l.dialect.driver == "pgx" {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, l.db, files,
		goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
