package view

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/listing"
)

// event says what happened to a record or to an export that it was in. What was
// erased is not said.
func (t *historyPrinter) event(e *ledger.Event) string {
	name := "story-" + string(e.Kind)
	if e.Kind == ledger.EventSaw && e.From != "" {
		name = "story-saw-again"
	}
	if e.Kind == ledger.EventPlaced && t.streams[e.Export] {
		name = "story-placed-stream"
	}
	said := []string{
		t.Phrase(name, "export", some(e.Export), "from", t.word("state", string(e.From)), "state", t.word("state", string(e.To)), "by", t.word("answer", string(e.By))),
		e.Code,
	}
	if e.OrderNumber != e.Code {
		said = append(said, e.OrderNumber)
	}
	if e.Payment != nil {
		said = append(said, e.Payment.Order, t.amounts(e.Payment))
	}
	for _, detail := range []struct{ name, value string }{
		{"pohoda", t.pohoda(e.PohodaNumber, e.PohodaID)}, {"phase", t.word("phase", string(e.Phase))}, {"proof", digestStart(e.Proof)},
	} {
		if detail.value != "" {
			said = append(said, t.Phrase("story-"+detail.name)+" "+detail.value)
		}
	}
	return strings.Join(listing.Filled(append(said, e.Notes...)), ", ")
}
