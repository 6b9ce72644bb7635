package view

import (
	"context"
	"path/filepath"
	"time"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

// LedgerView is the ledger as somebody sees it who wants to know whether all is
// well.
type LedgerView struct {
	// Place is where the ledger lies, without a password; Default says that it is
	// the one in the user's folder, which nobody has configured.
	Place   string `json:"place"`
	Default bool   `json:"default"`
	ledger.Overview
}

// InspectLedger looks at the ledger of a configuration and tells what is wrong with it
// and who works on the unit. It gives nil where nothing is remembered, nothing is
// there yet, or no unit is set.
func InspectLedger(ctx context.Context, c *config.Config, userDir string, now func() time.Time) (*LedgerView, diag.List) {
	place, own := flow.LedgerPlace(c, userDir)
	if place == "" || own && !flow.IsThere(place) {
		return nil, nil
	}
	var found diag.List
	tell := func(issue *diag.Issue) { found.Add(issue.WithPath("ledger").WithPosition(c.Origin("ledger").At)) }
	b, err := flow.OpenLedger(ctx, flow.LedgerOptions{Config: c, UserDir: userDir, Now: now, Required: true, ReadOnly: true})
	if err != nil {
		issue := diag.As(err)
		if issue.Code == ledger.CodeMissing && (c.Ledger.IsURL() || flow.IsThere(filepath.Dir(place))) {
			// The first export makes it.
			issue.Severity = diag.Note
		}
		tell(issue)
		return nil, found
	}
	defer b.Close()
	if err := b.Check(ctx); err != nil {
		tell(diag.As(err))
		return nil, found
	}
	if flow.UnitOf(c) == "" {
		// Whose records to count is not known.
		return nil, found
	}
	look := &LedgerView{Place: config.Ledger(place).String(), Default: own}
	if look.Overview, err = b.Overview(ctx); err != nil {
		tell(diag.As(err))
		return nil, found
	}
	if look.Holder != "" {
		tell(diag.Notice(ledger.CodeLocked, "unit", flow.UnitOf(c), "holder", look.Holder, "since", toSecond(look.Since, now().Location())))
	}
	return look, found
}
