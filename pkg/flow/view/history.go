package view

import (
	"cmp"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/listing"
)

// historyPrinter tells a story in the words of a language and by the clock of a place.
type historyPrinter struct {
	*diag.Language
	zone *time.Location
	// streams are the exports that went to no file.
	streams map[int64]bool
	out     strings.Builder
}

// PrintHistory writes a story for a person.
func PrintHistory(w io.Writer, s *ledger.History, l *diag.Language, zone *time.Location) error {
	t := &historyPrinter{Language: l, zone: zone, streams: map[int64]bool{}}
	for n := range s.Exports {
		t.streams[s.Exports[n].ID] = s.Exports[n].Path == ""
	}
	t.record(&s.Record)
	t.section("exports", len(s.Exports))
	for n := range s.Exports {
		t.export(&s.Exports[n])
	}
	t.section("events", len(s.Events))
	for n := range s.Events {
		t.line("    ", toSecond(s.Events[n].At, t.zone), t.event(&s.Events[n]))
	}
	t.section("payments", len(s.Payments))
	for n := range s.Payments {
		t.payment(&s.Payments[n])
	}
	return diag.Lines(w, t.out.String())
}

// line writes what there is of some texts.
func (t *historyPrinter) line(indent string, texts ...string) {
	t.out.WriteString(indent + diag.Visible(strings.Join(listing.Filled(texts), "  ")) + "\n")
}

func (t *historyPrinter) section(name string, count int) {
	if count > 0 {
		t.line("  ", t.Phrase("story-"+name))
	}
}

// record says what the record is and where it stands.
func (t *historyPrinter) record(r *ledger.Record) {
	t.line("", t.RecordName(flow.RecordOf(r)), t.Phrase("target-"+r.Target))
	changed := ""
	if sourceChanged(r) {
		changed = t.Phrase("story-where", diag.Places, strings.Join(flow.ChangedParts(r.Sent, r.Seen), ", "))
	}
	for _, field := range []struct{ name, value string }{
		{"source", flow.KeyName(r)}, {"number", r.OrderNumber},
		{"state", t.word("state", string(r.State))}, {"pohoda", t.pohoda(r.PohodaNumber, r.PohodaID)},
		{"payment", t.word("payment-state", string(r.Payment))}, {"phase", t.word("phase", string(r.Phase))},
		{"changed", changed}, {"revision", some(int64(r.Revision))}, {"last", toSecond(r.Changed, t.zone)},
	} {
		if field.value != "" {
			t.line("  ", t.Phrase("story-"+field.name)+": "+field.value)
		}
	}
}

// word is the phrase of a word of a kind, nothing for none.
func (t *historyPrinter) word(kind, word string) string {
	if word == "" {
		return ""
	}
	return cmp.Or(t.Phrase(kind+"-"+word), word)
}

// pohoda is what POHODA calls a document.
func (t *historyPrinter) pohoda(number string, id int64) string {
	if id != 0 {
		number = strings.TrimSpace(number + " (id " + some(id) + ")")
	}
	return number
}

func (t *historyPrinter) export(e *ledger.ExportItem) {
	file := t.Phrase("story-stream")
	if e.Path != "" {
		file = filepath.Base(e.Path)
	}
	t.line("    ", some(e.ID)+".", toSecond(e.At, t.zone), file, digestStart(e.Digest), e.Item, t.word("state", string(e.ItemState)))
}

// payment says how far an order is paid, with each invoice that proves it.
func (t *historyPrinter) payment(p *ledger.Payment) {
	t.line("    ", toSecond(p.Changed, t.zone), p.Order, t.amounts(p))
	for n := range p.Invoices {
		i := &p.Invoices[n]
		texts := []string{i.Number, i.Date.String()}
		for _, sum := range []struct{ name, value string }{{"total", listing.Fixed(i.Total)}, {"due", listing.Fixed(i.Due)}} {
			if sum.value != "" {
				texts = append(texts, t.Phrase("paid-"+sum.name)+" "+sum.value)
			}
		}
		if settled := i.Settled.String(); settled != "" {
			texts = append(texts, t.Phrase("story-settled-on", "day", settled))
		}
		t.line("      ", append(texts, i.File+":"+strconv.Itoa(i.Line), digestStart(i.FileHash))...)
	}
}

// amounts says the state of a payment and its sums.
func (t *historyPrinter) amounts(p *ledger.Payment) string {
	said := []string{t.word("payment-state", string(p.State))}
	for _, sum := range []struct{ name, value string }{{"total", listing.Fixed(p.Total)}, {"due", listing.Fixed(p.Due)}} {
		if sum.value != "" {
			said = append(said, strings.TrimSpace(t.Phrase("paid-"+sum.name)+" "+sum.value+" "+string(p.Currency)))
		}
	}
	return strings.Join(said, ", ")
}

// digestStart is enough of a digest to know it by.
func digestStart(digest string) string { return digest[:min(len(digest), 12)] }
