package ledger

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"strconv"
	"time"

	"github.com/pressly/goose/v3"
)

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
