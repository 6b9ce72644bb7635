package crm

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of a CSV whose rows make no records.
var (
	CodeColumnsUnused = diag.Note.Code("csv-columns-unused", "columns", "profile")
	CodeHeadDiffers   = diag.Refused.Code("csv-head-differs", "column", "line", "other")
	CodeNoNumber      = diag.Refused.Code("csv-no-number", "column")
	CodeCurrencyMixed = diag.Refused.Code("csv-currency-mixed", "other")
	CodeSpreadsheet   = diag.Refused.Code("spreadsheet-damage")
)

// headerWithin is in how many rows the header is looked for: people put a title
// and a date above it.
const headerWithin = 10

// table is an open CSV. All of it is read before the first record, since rows
// of one record may lie anywhere.
type table struct {
	file        string
	translators *translators
	profile     *profile
	reader      *sheet.Reader
	places      []place
	// absent are the columns that the file lacks, for lines to have all the same.
	absent []place
	// findings concern the file and none of its records alone.
	findings diag.List
	groups   [][]sheet.Row
	taken    int
	read     bool
}

// openTable opens a CSV, given from its first byte. columns say outright which column holds
// what.
func openTable(r io.Reader, file string, columns map[string]string, f *translators, p *profile) (*table, error) {
	l, issue := p.table.outright(columns)
	if issue != nil {
		return nil, issue
	}
	reader, err := sheet.Open(r, file, sheet.Options{Require: l.require(p.shape, columns), HeaderWithin: headerWithin})
	if err != nil {
		return nil, err
	}
	t := &table{file: file, translators: f, profile: p, reader: reader}
	header := t.locate(reader.Header().Line)
	t.places, t.findings, err = l.places(reader, header)
	if err != nil {
		return nil, err
	}
	absent, issues := l.absent(t.places, header)
	t.absent = absent
	t.findings.Add(issues...)
	t.tellUnused()
	return t, nil
}

// tellUnused names the columns out of which nothing is read.
func (t *table) tellUnused() {
	var unused []string
	for i, header := range t.reader.Columns() {
		used := slices.ContainsFunc(t.places, func(p place) bool { return p.index == i })
		if !used && !blank(header) {
			unused = append(unused, `"`+visible(strings.TrimSpace(header))+`"`)
		}
	}
	if unused != nil {
		t.findings.Add(diag.Notice(CodeColumnsUnused, "columns", strings.Join(unused, ", "), "profile", t.profile.Name).WithPosition(t.locate(t.reader.Header().Line)))
	}
}

// locate gives the position of a line; trees of a CSV have lines for places.
func (t *table) locate(line int) diag.Position { return diag.Position{File: t.file, Line: line} }

// next gives the rows of the next record. A file that cannot be read to its end
// gives no record at all, since any of them could lack a line.
func (t *table) next() (Raw, error) {
	if !t.read {
		t.read = true
		if err := t.group(); err != nil {
			t.groups = nil
			return Raw{At: t.locate(0), broken: diag.As(err)}, nil
		}
	}
	if t.taken == len(t.groups) {
		return Raw{}, io.EOF
	}
	rows := t.groups[t.taken]
	t.taken++
	texts := make([]string, len(rows))
	for i, row := range rows {
		texts[i] = row.Raw
	}
	return Raw{
		At:     t.locate(rows[0].Line),
		Bytes:  []byte(strings.Join(texts, "\n")),
		Header: []byte(t.reader.Header().Raw),
		rows:   rows,
	}, nil
}

// group reads all rows and puts those of one record together, in the order of
// the first of each. A row without any head goes on with the record above it.
func (t *table) group() error {
	key := t.place(t.profile.table.group)
	index := map[string]int{}
	for {
		row, err := t.reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if key == nil {
			t.groups = append(t.groups, []sheet.Row{row})
			continue
		}
		number := strings.TrimSpace(row.Cells[key.index])
		at, known := index[number]
		switch {
		case number == "" && t.headless(row) && len(t.groups) > 0:
			at = len(t.groups) - 1
		case number == "" || !known:
			at = len(t.groups)
			t.groups = append(t.groups, nil)
		}
		if number != "" {
			index[number] = at
		}
		t.groups[at] = append(t.groups[at], row)
	}
}

func (t *table) place(name string) *place {
	for i := range t.places {
		if t.places[i].name == name {
			return &t.places[i]
		}
	}
	return nil
}

func (t *table) headless(row sheet.Row) bool {
	return !slices.ContainsFunc(t.places, func(p place) bool { return !p.line && !blank(row.Cells[p.index]) })
}

// decode makes a record of its rows.
func (t *table) decode(raw Raw) []Result {
	source, issues := t.tree(raw.rows)
	translator := t.translators.translator(t.profile)
	defer t.translators.release(translator)
	made := translator.record(source, t.locate)
	issues.Add(made.issues...)
	origin := trade.Origin{At: raw.At, Raw: raw.Bytes, Profile: t.profile.Name}
	if lines := made.node.get("lines"); lines != nil {
		for i := range lines.items {
			origin.Rows = append(origin.Rows, lines.items[i].at)
		}
	}
	return []Result{resultOf(made.node, t.locate, origin, issues)}
}
