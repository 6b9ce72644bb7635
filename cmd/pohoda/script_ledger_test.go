package main

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/gopohoda/pohoda/pkg/ledger"
)

// sqlCmd changes a database of SQLite, a ledger or another, as pohoda never
// would: sql FILE STATEMENT.
func sqlCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(args[1])
	ts.Check(err)
	ts.Check(db.Close())
}

// hold keeps the lock of a unit for a while, or until the script ends:
// hold LEDGER UNIT [TIME].
func hold(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: hold LEDGER UNIT [TIME]")
	}
	l, err := ledger.Open(context.Background(), ts.MkAbs(args[0]), ledger.Options{Unit: args[1], Now: time.Now})
	ts.Check(err)
	ts.Check(l.Acquire(context.Background(), "hold", 0))
	end := sync.OnceFunc(func() { _ = l.Close() })
	ts.Defer(end)
	if len(args) == 3 {
		wait, err := time.ParseDuration(args[2])
		ts.Check(err)
		time.AfterFunc(wait, end)
	}
}
