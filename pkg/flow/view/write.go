package view

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/listing"
	"github.com/gopohoda/pohoda/pkg/sheet"
)

// entryWriters are the formats of the ledger as data, by name; times of a table
// for people are those of a place.
var entryWriters = map[string]func(io.Writer, *time.Location) listing.Listing[ledger.Entry]{
	"ndjson": func(w io.Writer, _ *time.Location) listing.Listing[ledger.Entry] {
		return listing.JSONLines(w, appendEntry)
	},
	"json": func(w io.Writer, _ *time.Location) listing.Listing[ledger.Entry] {
		return listing.JSONArray(w, "\n", appendEntry)
	},
	"csv": entrySheet,
}

// LedgerFormats are the names of the formats.
func LedgerFormats() []string { return slices.Sorted(maps.Keys(entryWriters)) }

// LedgerFormat is the format of a file by its ending, "" for any other.
func LedgerFormat(path string) string { return listing.FormatOf(path) }

func appendEntry(text []byte, e *ledger.Entry) []byte {
	b := bytes.NewBuffer(text)
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	// Texts, numbers and times can always be written, into memory too.
	_ = encoder.Encode(e)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// entryRow is an entry in a sheet; its columns are named as the keys of JSON.
type entryRow struct {
	System        sheet.Cell `csv:"system"`
	Instance      sheet.Cell `csv:"instance"`
	Kind          sheet.Cell `csv:"kind"`
	ID            sheet.Cell `csv:"id"`
	Target        sheet.Cell `csv:"target"`
	Code          sheet.Cell `csv:"code"`
	OrderNumber   sheet.Cell `csv:"orderNumber"`
	State         sheet.Cell `csv:"state"`
	Phase         sheet.Cell `csv:"phase"`
	PohodaID      sheet.Cell `csv:"pohodaId"`
	PohodaNumber  sheet.Cell `csv:"pohodaNumber"`
	Payment       sheet.Cell `csv:"payment"`
	Changed       sheet.Cell `csv:"changed"`
	Export        sheet.Cell `csv:"export"`
	Revision      sheet.Cell `csv:"revision"`
	ExportedAt    sheet.Cell `csv:"exportedAt"`
	Path          sheet.Cell `csv:"path"`
	Item          sheet.Cell `csv:"item"`
	Digest        sheet.Cell `csv:"digest"`
	SourceChanged sheet.Cell `csv:"sourceChanged"`
}

func entrySheet(w io.Writer, zone *time.Location) listing.Listing[ledger.Entry] {
	out := sheet.NewTable[entryRow](w)
	return listing.Listing[ledger.Entry]{
		Write: func(e *ledger.Entry) error {
			return out.Write(entryRow{
				System:        sheet.Text(e.System),
				Instance:      sheet.Text(e.Instance),
				Kind:          sheet.Text(string(e.Kind)),
				ID:            sheet.Text(e.ID),
				Target:        sheet.Text(e.Target),
				Code:          sheet.Text(e.Code),
				OrderNumber:   sheet.Text(e.OrderNumber),
				State:         sheet.Text(string(e.State)),
				Phase:         sheet.Text(string(e.Phase)),
				PohodaID:      sheet.Text(some(e.PohodaID)),
				PohodaNumber:  sheet.Text(e.PohodaNumber),
				Payment:       sheet.Text(string(e.Payment)),
				Changed:       sheet.Text(toSecond(e.Changed, zone)),
				Export:        sheet.Text(some(e.Export)),
				Revision:      sheet.Text(some(int64(e.Revision))),
				ExportedAt:    sheet.Text(toSecond(e.ExportedAt, zone)),
				Path:          sheet.Text(e.Path),
				Item:          sheet.Text(e.Item),
				Digest:        sheet.Text(e.Digest),
				SourceChanged: sheet.Text(yes(sourceChanged(&e.Record))),
			})
		},
		Close: out.Flush,
	}
}

// entryTable prints entries for a person.
func entryTable(w io.Writer, l *diag.Language, zone *time.Location) listing.Listing[ledger.Entry] {
	var header []string
	for _, name := range []string{"deal", "number", "as", "state", "pohoda", "payment", "exported", "file"} {
		header = append(header, l.Phrase("ledger-"+name))
	}
	out := listing.NewPages(w, append(header, "")...)
	return listing.Listing[ledger.Entry]{
		Write: func(e *ledger.Entry) error {
			number, file, mark := "", "", ""
			if e.OrderNumber != e.Name() {
				number = e.OrderNumber
			}
			if e.Path != "" {
				file = filepath.Base(e.Path)
			}
			if sourceChanged(&e.Record) {
				mark = l.Phrase("ledger-changed")
			}
			return out.Add(e.Name(), number, e.Target, string(e.State), e.PohodaNumber, string(e.Payment), toMinute(e.ExportedAt, zone), file, mark)
		},
		Close: out.Flush,
	}
}

// sourceChanged tells whether the source has another content than was exported.
func sourceChanged(r *ledger.Record) bool { return r.Sent != "" && !flow.SameContent(r.Sent, r.Seen) }

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// some writes a number, nothing for 0.
func some(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func toMinute(t time.Time, zone *time.Location) string { return local(t, zone, "2006-01-02 15:04") }
func toSecond(t time.Time, zone *time.Location) string { return local(t, zone, "2006-01-02 15:04:05") }

// local writes a time as the clock of a place had it, nothing for none.
func local(t time.Time, zone *time.Location, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(layout)
}
