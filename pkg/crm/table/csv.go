// Package table reads tables of CRMs: the rows of a CSV that belong to one record become a
// tree, which a profile brings to the canonical one.
package table

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
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

// Table is an open CSV. All of it is read before the first record, since rows
// of one record may lie anywhere.
type Table struct {
	file        string
	translators *profile.Translators
	profile     *profile.Profile
	reader      *sheet.Reader
	places      []profile.Place
	// absent are the columns that the file lacks, for lines to have all the same.
	absent []profile.Place
	// Findings concern the file and none of its records alone.
	Findings diag.List
	groups   [][]sheet.Row
	taken    int
	read     bool
}

// OpenTable opens a CSV, given from its first byte. columns say outright which column holds
// what.
func OpenTable(r io.Reader, file string, columns map[string]string, f *profile.Translators, p *profile.Profile) (*Table, error) {
	l, issue := p.Table.Outright(columns)
	if issue != nil {
		return nil, issue
	}
	reader, err := sheet.Open(r, file, sheet.Options{Require: l.Require(p.Shape, columns), HeaderWithin: headerWithin})
	if err != nil {
		return nil, err
	}
	t := &Table{file: file, translators: f, profile: p, reader: reader}
	header := t.locate(reader.Header().Line)
	t.places, t.Findings, err = l.Places(reader, header)
	if err != nil {
		return nil, err
	}
	absent, issues := l.Absent(t.places, header)
	t.absent = absent
	t.Findings.Add(issues...)
	t.tellUnused()
	return t, nil
}

// tellUnused names the columns out of which nothing is read.
func (t *Table) tellUnused() {
	var unused []string
	for i, header := range t.reader.Columns() {
		used := slices.ContainsFunc(t.places, func(p profile.Place) bool { return p.Index == i })
		if !used && !expression.Blank(header) {
			unused = append(unused, `"`+canonical.Visible(strings.TrimSpace(header))+`"`)
		}
	}
	if unused != nil {
		t.Findings.Add(diag.Notice(CodeColumnsUnused, "columns", strings.Join(unused, ", "), "profile", t.profile.Name).WithPosition(t.locate(t.reader.Header().Line)))
	}
}

// locate gives the position of a line; trees of a CSV have lines for places.
func (t *Table) locate(line int) diag.Position { return diag.Position{File: t.file, Line: line} }

// Next gives the rows of the next record. A file that cannot be read to its end
// gives no record at all, since any of them could lack a line.
func (t *Table) Next() (canonical.Raw, error) {
	if !t.read {
		t.read = true
		if err := t.group(); err != nil {
			t.groups = nil
			return canonical.Raw{At: t.locate(0), Broken: diag.As(err)}, nil
		}
	}
	if t.taken == len(t.groups) {
		return canonical.Raw{}, io.EOF
	}
	rows := t.groups[t.taken]
	t.taken++
	texts := make([]string, len(rows))
	for i, row := range rows {
		texts[i] = row.Raw
	}
	return canonical.Raw{
		At:     t.locate(rows[0].Line),
		Bytes:  []byte(strings.Join(texts, "\n")),
		Header: []byte(t.reader.Header().Raw),
		Rows:   rows,
	}, nil
}

// group reads all rows and puts those of one record together, in the order of
// the first of each. A row without any head goes on with the record above it.
func (t *Table) group() error {
	key := t.place(t.profile.Table.Group)
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
		number := strings.TrimSpace(row.Cells[key.Index])
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

func (t *Table) place(name string) *profile.Place {
	for i := range t.places {
		if t.places[i].Name == name {
			return &t.places[i]
		}
	}
	return nil
}

func (t *Table) headless(row sheet.Row) bool {
	return !slices.ContainsFunc(t.places, func(p profile.Place) bool { return !p.Line && !expression.Blank(row.Cells[p.Index]) })
}

// Decode makes a record of its rows.
func (t *Table) Decode(raw canonical.Raw) []canonical.Result {
	source, issues := t.tree(raw.Rows)
	translator := t.translators.Translator(t.profile)
	defer t.translators.Release(translator)
	made := translator.Record(source, t.locate)
	issues.Add(made.Issues...)
	origin := trade.Origin{At: raw.At, Raw: raw.Bytes, Profile: t.profile.Name}
	if lines := made.Node.Get("lines"); lines != nil {
		for i := range lines.Items {
			origin.Rows = append(origin.Rows, lines.Items[i].At)
		}
	}
	return []canonical.Result{canonical.ResultOf(made.Node, t.locate, origin, issues)}
}
