package main

import (
	"context"
	"database/sql"
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

// holding is what a script holds.
type holding struct{ ledger *ledger.Ledger }

func (h *holding) end() {
	if h.ledger != nil {
		_ = h.ledger.Close()
		h.ledger = nil
	}
}

// hold keeps the lock of a unit as another run would, until ! hold or the end of
// the script: hold LEDGER UNIT.
func hold(ts *testscript.TestScript, neg bool, args []string) {
	held := ts.Value(holding{}).(*holding)
	held.end()
	if neg && len(args) == 0 {
		return
	}
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hold LEDGER UNIT, or ! hold")
	}
	l, err := ledger.Open(context.Background(), ts.MkAbs(args[0]), ledger.Options{Unit: args[1], Now: time.Now})
	ts.Check(err)
	held.ledger = l
	ts.Defer(held.end)
	ts.Check(l.Acquire(context.Background(), "hold", 0))
}
