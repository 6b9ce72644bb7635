package flow

import (
	"context"
	"path/filepath"
	"time"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

// BookLook is the ledger as somebody sees it who wants to know whether all is
// well.
type BookLook struct {
	// Place is where the ledger lies, without a password; Default says that it is
	// the one in the user's folder, which nobody has configured.
	Place   string `json:"place"`
	Default bool   `json:"default"`
	ledger.Overview
}

// LookAtBook looks at the ledger of a configuration and tells what is wrong with it
// and who works on the unit. It gives nil where nothing is remembered, nothing is
// there yet, or no unit is set.
func LookAtBook(ctx context.Context, c *config.Config, userDir string, now func() time.Time) (*BookLook, diag.List) {
	place, own := bookPlace(c, userDir)
	if place == "" || own && !isThere(place) {
		return nil, nil
	}
	var found diag.List
	tell := func(issue *diag.Issue) { found.Add(issue.In("ledger").Located(c.Origin("ledger").At)) }
	b, err := OpenBook(ctx, BookOptions{Config: c, UserDir: userDir, Now: now, Needed: true, Look: true})
	if err != nil {
		issue := diag.As(err)
		if issue.Code == ledger.CodeMissing && (c.Ledger.IsURL() || isThere(filepath.Dir(place))) {
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
	if unitOf(c) == "" {
		// Whose records to count is not known.
		return nil, found
	}
	look := &BookLook{Place: config.Ledger(place).String(), Default: own}
	if look.Overview, err = b.Overview(ctx); err != nil {
		tell(diag.As(err))
		return nil, found
	}
	if look.Holder != "" {
		tell(diag.Tell(ledger.CodeLocked, "unit", unitOf(c), "holder", look.Holder, "since", toSecond(look.Since, now().Location())))
	}
	return look, found
}
