package main

import (
	"context"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // PostgreSQL
	"github.com/spf13/cobra"
	_ "modernc.org/sqlite" // one file, without cgo

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
)

// bookUse says what a command does with the ledger.
type bookUse struct {
	// needed says that the command means nothing without it, look that it only
	// reads.
	needed, look bool
	// there says that it means nothing without one that is there already.
	there bool
	// wait is how long another run is waited for.
	wait time.Duration
}

// book opens the ledger for a command; nil where nothing is remembered. The
// caller closes it.
func (e *Env) book(ctx context.Context, cmd *cobra.Command, c *config.Config, use bookUse) (*flow.Ledger, error) {
	if c.Unit.ICO == "" && c.Unit.Key == "" {
		if use.needed {
			return nil, diag.New(codeNoUnit)
		}
		return nil, nil
	}
	book, err := flow.OpenLedger(ctx, flow.LedgerOptions{
		Config: c, UserDir: e.UserDir, Now: e.Now, Holder: commandName(cmd), Wait: use.wait,
		Required: use.needed, MustExist: use.there, ReadOnly: use.look, Tell: e.tellAtOnce, Fault: e.Fault,
	})
	if !use.look {
		e.held.Store(book)
	}
	return book, err
}

// openBook is book by the configuration in force.
func (e *Env) openBook(cmd *cobra.Command, use bookUse) (*flow.Ledger, error) {
	c, err := e.Config()
	if err != nil {
		return nil, err
	}
	return e.book(cmd.Context(), cmd, c, use)
}

// lookBook opens the ledger for a command that looks into it and nothing else.
func (e *Env) lookBook(cmd *cobra.Command) (*flow.Ledger, error) {
	return e.openBook(cmd, bookUse{needed: true, look: true})
}

// zone is where times and days are those of the clock.
func (e *Env) zone() *time.Location { return e.Now().Location() }

// waitFlag adds --wait to a command that takes the lock of the unit.
func waitFlag(cmd *cobra.Command, wait *time.Duration) {
	cmd.Flags().DurationVar(wait, "wait", 0, "wait so long, `TIME` such as 30s or 10m, for another run on the unit to end")
}
