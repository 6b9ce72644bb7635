package flow

import (
	"cmp"
	"context"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/listing"
)

// The codes of a record that is looked for in the ledger.
var (
	// CodeNotInLedger: the ledger has no record of this name; {known} are near it.
	CodeNotInLedger = diag.Refused.Code("ledger-not-found", "known")
	// CodeAmbiguous: several records have this name: {records}.
	CodeAmbiguous = diag.Refused.Code("ledger-ambiguous", "records")
)

// namesNear is among how many of the newest records a mistyped name is looked for.
const namesNear = 20000

// find gives the records that have a name: an id, a code, an order number,
// POHODA's number or the id of an item. f narrows them; none is an error.
func (b *Ledger) find(ctx context.Context, name string, f ledger.Filter) (found []ledger.Entry, err error) {
	f.Texts = []string{name}
	err = b.Each(ctx, f, func(e *ledger.Entry) error {
		found = append(found, *e)
		return nil
	})
	if err != nil || len(found) > 0 {
		return found, err
	}
	names, err := b.Names(ctx, namesNear)
	if err != nil {
		return nil, err
	}
	return nil, diag.New(CodeNotInLedger, "known", cmp.Or(diag.Meant(name, names), "-")).WithValue(name)
}

// FindOne is find where one record has to be meant.
func (b *Ledger) FindOne(ctx context.Context, name string, f ledger.Filter) (e ledger.Entry, err error) {
	found, err := b.find(ctx, name, f)
	if err != nil {
		return e, err
	}
	if len(found) > 1 {
		var records []string
		for n := range found {
			records = append(records, KeyName(&found[n].Record))
		}
		return e, diag.New(CodeAmbiguous, "records", diag.Meant("", records)).WithValue(name)
	}
	return found[0], nil
}

// RecordOf names a record of the ledger as its user knows it: "deal OP-26-123".
func RecordOf(r *ledger.Record) string { return string(r.Kind) + " " + r.Name() }

// KeyName is a record by its key: "raynet:firm:deal:1:order".
func KeyName(r *ledger.Record) string {
	return strings.Join(listing.Filled([]string{r.System, r.Instance, string(r.Kind), r.ID, r.Target}), ":")
}

// Each goes through the records that a filter takes.
func (b *Ledger) Each(ctx context.Context, f ledger.Filter, do func(*ledger.Entry) error) error {
	for e, err := range b.Entries(ctx, f) {
		if err == nil {
			err = do(&e)
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Stories tells the stories of the records that a name has: a deal that became an
// order and later an invoice is two. A name that no record has is an error.
func (b *Ledger) Stories(ctx context.Context, name string) ([]ledger.History, error) {
	found, err := b.find(ctx, name, ledger.Filter{})
	if err != nil {
		return nil, err
	}
	var stories []ledger.History
	for n := range found {
		story, err := b.History(ctx, found[n].RowID)
		if err != nil {
			return nil, err
		}
		stories = append(stories, story)
	}
	return stories, nil
}
