package confirm

import (
	"context"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

// ByHand is what a person says of one record.
type ByHand struct {
	// Deal is a name of the record; Filter narrows it where it is that of several.
	Deal   string
	Filter ledger.Filter
	// State is where it goes, Number POHODA's number of the document.
	State  ledger.State
	Number string
}

// CodeNumberOfOld says that the number that is known, {old}, is that of the
// document which the record's new one replaces.
var CodeNumberOfOld = diag.Refused.Code("number-of-replaced", "old")

// byHand settles the record that a person names.
func (c *confirmation) byHand(ctx context.Context) error {
	h := c.ByHand
	e, err := c.Ledger.FindOne(ctx, h.Deal, h.Filter)
	if err != nil {
		return err
	}
	r := &e.Record
	if h.State == ledger.Accepted && !r.State.InPohoda() {
		old, err := replacedBy(ctx, c.Ledger, r)
		if err != nil {
			return err
		}
		if replaces := old != (flow.PohodaDocument{}); replaces && (h.Number == "" || h.Number == old.Number) {
			return diag.New(CodeNumberOfOld, "old", old.String()).WithRecord(flow.RecordOf(r))
		}
	}
	if err := c.Ledger.Step("confirm.read"); err != nil {
		return err
	}
	return c.take(ctx, []ledger.Answer{{Key: r.Key, State: h.State, PohodaNumber: h.Number, By: ledger.ByHand}})
}
