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

// entryColumns are the columns of a sheet, named as the keys of JSON.
var entryColumns = []struct {
	name string
	of   func(e *ledger.Entry, zone *time.Location) string
}{
	{"system", func(e *ledger.Entry, _ *time.Location) string { return e.System }},
	{"instance", func(e *ledger.Entry, _ *time.Location) string { return e.Instance }},
	{"kind", func(e *ledger.Entry, _ *time.Location) string { return string(e.Kind) }},
	{"id", func(e *ledger.Entry, _ *time.Location) string { return e.ID }},
	{"target", func(e *ledger.Entry, _ *time.Location) string { return e.Target }},
	{"code", func(e *ledger.Entry, _ *time.Location) string { return e.Code }},
	{"orderNumber", func(e *ledger.Entry, _ *time.Location) string { return e.OrderNumber }},
	{"state", func(e *ledger.Entry, _ *time.Location) string { return string(e.State) }},
	{"phase", func(e *ledger.Entry, _ *time.Location) string { return string(e.Phase) }},
	{"pohodaId", func(e *ledger.Entry, _ *time.Location) string { return some(e.PohodaID) }},
	{"pohodaNumber", func(e *ledger.Entry, _ *time.Location) string { return e.PohodaNumber }},
	{"payment", func(e *ledger.Entry, _ *time.Location) string { return string(e.Payment) }},
	{"changed", func(e *ledger.Entry, zone *time.Location) string { return toSecond(e.Changed, zone) }},
	{"export", func(e *ledger.Entry, _ *time.Location) string { return some(e.Export) }},
	{"revision", func(e *ledger.Entry, _ *time.Location) string { return some(int64(e.Revision)) }},
	{"exportedAt", func(e *ledger.Entry, zone *time.Location) string { return toSecond(e.ExportedAt, zone) }},
	{"path", func(e *ledger.Entry, _ *time.Location) string { return e.Path }},
	{"item", func(e *ledger.Entry, _ *time.Location) string { return e.Item }},
	{"digest", func(e *ledger.Entry, _ *time.Location) string { return e.Digest }},
	{"sourceChanged", func(e *ledger.Entry, _ *time.Location) string { return yes(sourceChanged(&e.Record)) }},
}

func entrySheet(w io.Writer, zone *time.Location) listing.Listing[ledger.Entry] {
	out := sheet.NewWriter(w)
	row := make([]sheet.Cell, len(entryColumns))
	for n := range entryColumns {
		row[n] = sheet.Text(entryColumns[n].name)
	}
	err := out.Write(row...)
	return listing.Listing[ledger.Entry]{
		Write: func(e *ledger.Entry) error {
			for n := range entryColumns {
				row[n] = sheet.Text(entryColumns[n].of(e, zone))
			}
			return out.Write(row...)
		},
		Close: func() error {
			if err != nil {
				return err
			}
			return out.Flush()
		},
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
