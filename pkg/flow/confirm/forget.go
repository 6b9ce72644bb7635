package confirm

import (
	"context"
	"errors"
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

// LedgerForget makes records of a ledger count as new again, or erases what tells a
// person from them.
type LedgerForget struct {
	Ledger *flow.Ledger
	// Names name one record each; Filter narrows them.
	Names  []string
	Filter ledger.Filter
	// Erase removes personal data, and the records stay known.
	Erase bool
	// Tell gets what is found and done.
	Tell func(*diag.Issue)
}

// The codes of forgetting.
var (
	// CodeForgotten: a record that was {state} counts as new again.
	CodeForgotten = diag.Note.Code("ledger-forgotten", "state")
	// CodeErased: what tells a person was removed from a record and its story.
	CodeErased = diag.Note.Code("ledger-erased", "state")
	// CodeNothingToForget: a record is new already, or erased.
	CodeNothingToForget = diag.Note.Code("ledger-nothing-to-forget")
	// CodeInPohoda warns that POHODA has what is to be forgotten.
	CodeInPohoda = diag.Warning.Code("ledger-in-pohoda")
)

// Find gives the records that are meant, each once, and warns of those that
// POHODA has. Those of which there is nothing to forget are told and left out.
// A name that does not name one record is told as an error, and refused says so.
func (b *LedgerForget) Find(ctx context.Context) (meant []ledger.Entry, refused bool, err error) {
	for _, name := range b.Names {
		e, err := b.Ledger.FindOne(ctx, name, b.Filter)
		issue, is := errors.AsType[*diag.Issue](err)
		switch {
		case is && (issue.Code == flow.CodeNotInLedger || issue.Code == flow.CodeAmbiguous):
			b.Tell(issue)
			refused = true
			continue
		case err != nil:
			return nil, false, err
		}
		if !slices.ContainsFunc(meant, func(other ledger.Entry) bool { return other.RowID == e.RowID }) {
			meant = append(meant, e)
		}
	}
	if refused {
		return nil, true, nil
	}
	return slices.DeleteFunc(meant, b.leftOut), false, nil
}

// leftOut tells of a record what there is to say before anything is done, and
// whether there is nothing to do.
func (b *LedgerForget) leftOut(e ledger.Entry) bool {
	switch {
	case b.Erase && e.Erased(), !b.Erase && e.State == ledger.New:
		b.Tell(diag.Notice(CodeNothingToForget).WithRecord(flow.RecordOf(&e.Record)))
		return true
	case !b.Erase && e.State.InPohoda():
		b.Tell(diag.Warn(CodeInPohoda).WithRecord(flow.RecordOf(&e.Record)).WithValue(e.PohodaNumber))
	}
	return false
}

// Run forgets or erases records, all or none.
func (b *LedgerForget) Run(ctx context.Context, meant []ledger.Entry) error {
	var numbers []int64
	for n := range meant {
		numbers = append(numbers, meant[n].RowID)
	}
	do, code := b.Ledger.Forget, CodeForgotten
	if b.Erase {
		do, code = b.Ledger.Erase, CodeErased
	}
	if len(numbers) == 0 {
		return nil
	}
	if err := do(ctx, numbers...); err != nil {
		return err
	}
	for n := range meant {
		state := string(meant[n].State)
		b.Tell(diag.Notice(code, "state", state).WithRecord(flow.RecordOf(&meant[n].Record)).WithValue(state))
	}
	return nil
}
