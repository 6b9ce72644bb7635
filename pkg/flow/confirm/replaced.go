package confirm

import (
	"cmp"
	"context"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of a document that takes the place of {old}, one that POHODA had.
var (
	// CodeOldDeleted: the old one was deleted, and {number} is there.
	CodeOldDeleted = diag.Note.Code("replaced-old-deleted", "notes", "number", "old")
	// CodeOldStays: the old one is still there, and the new one is not.
	CodeOldStays = diag.Warning.Code("replaced-old-stays", "notes", "number", "old")
	// CodeNotDeleted: POHODA took {number} and did not delete the old one, as {notes}
	// say.
	CodeNotDeleted = diag.Refused.Code("replaced-not-deleted", "notes", "number", "old")
	// CodeBothThere: the old one is still there beside {number}.
	CodeBothThere = diag.Refused.Code("replaced-both-there", "number", "old")
	// CodeNoneThere: the old one was deleted, and the new one is not there.
	CodeNoneThere = diag.Refused.Code("replaced-none-there", "notes", "number", "old")
)

// replacedBy finds the document whose place the document of the record's last
// export takes, as far as the ledger knows it: the one that was confirmed last
// for another item.
func replacedBy(ctx context.Context, b *flow.Ledger, r *ledger.Record) (old flow.PohodaDocument, err error) {
	if r.Revision == 0 {
		return old, nil
	}
	story, err := b.History(ctx, r.RowID)
	if err != nil {
		return old, err
	}
	items := map[int64]string{}
	for _, e := range story.Exports {
		items[e.ID] = e.Item
	}
	last := ""
	for _, e := range story.Events {
		item := items[e.Export]
		if e.Kind != ledger.EventSettled || !e.To.InPohoda() || item == items[r.Export] {
			continue
		}
		if item != last {
			old, last = flow.PohodaDocument{}, item
		}
		old = flow.PohodaDocument{ID: cmp.Or(e.PohodaID, old.ID), Number: cmp.Or(e.PohodaNumber, old.Number)}
	}
	return old, nil
}

// deletion looks for the answer to the item that deletes the document which the
// one of s replaces, and says what POHODA has now.
func (a *answers) deletion(ctx context.Context, s *ledger.Settled, unknown map[string]*pack.Answer) error {
	answer := takeDeletion(s, unknown)
	if answer == nil || s.Issue != nil || !s.Changed && s.From != s.State {
		return nil
	}
	old, err := replacedBy(ctx, a.Ledger, &s.Record)
	if err != nil {
		return err
	}
	if answer.ID != 0 {
		old = flow.PohodaDocument{ID: answer.ID, Number: answer.Number}
	}
	// A deletion that POHODA remembers was done before.
	gone := answer.Done() || len(answer.Duplicities) > 0
	say := func(issue *diag.Issue) *diag.Issue {
		issue.Args = diag.Args{
			"old": old.String(), "number": flow.PohodaDocument{ID: s.PohodaID, Number: s.PohodaNumber}.String(), "notes": strings.Join(answer.Notes(), "; "),
		}
		return issue.WithRecord(flow.RecordOf(&s.Record)).WithPosition(answer.At)
	}
	switch there := s.State.InPohoda(); {
	case gone && there:
		a.tell(say(diag.Notice(CodeOldDeleted)))
	case gone:
		a.tell(say(diag.New(CodeNoneThere)))
		return a.Ledger.OldDocument(ctx, s.Record.RowID, true, answer.Notes())
	case there:
		a.refused(say(diag.New(CodeNotDeleted)))
		return a.Ledger.OldDocument(ctx, s.Record.RowID, false, append([]string{old.String()}, answer.Notes()...))
	default:
		a.tell(say(diag.Warn(CodeOldStays)))
	}
	return nil
}

// takeDeletion takes the answer to the deletion that belongs to an item. The id
// of the deletion is known from the record, since long ids are shortened.
func takeDeletion(s *ledger.Settled, unknown map[string]*pack.Answer) *pack.Answer {
	r := &s.Record
	if r.Revision == 0 {
		return nil
	}
	record := &trade.Head{Kind: r.Kind, Source: trade.Source{System: r.System, Instance: r.Instance, ID: r.ID}}
	for _, id := range []string{s.Item + ":delete", pack.DeletionID(record, pohoda.Target{Name: r.Target}, r.Revision)} {
		if answer := unknown[id]; answer != nil {
			delete(unknown, id)
			return answer
		}
	}
	return nil
}
