package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/eform"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// CodeUnknownAgenda says that no field table has the name.
var CodeUnknownAgenda = diag.Usage.Code("usage-unknown-agenda", "known")

// FieldRow is a row of a printed field table.
type FieldRow struct {
	// Field is the canonical field; Label is POHODA's name on screen.
	Field string `json:"field"`
	Label string `json:"label"`
	// Path is the path in the XML, from the document's element on.
	Path string `json:"path"`
	// Limit says what the schema allows.
	Limit     string               `json:"limit"`
	Direction fieldtable.Direction `json:"direction"`
	Note      string               `json:"note,omitempty"`
}

// FieldTables are the names of the field tables.
func FieldTables() []string {
	var names []string
	for _, a := range pohoda.Agendas() {
		names = append(names, a.Name)
	}
	return append(names, "eform")
}

// Fields gives the field table of an agenda, or of the eForm format.
func Fields(name string) ([]FieldRow, error) {
	if name == "eform" {
		// No schema of the format is known, so there are no limits to tell.
		return rows(eform.Rows(), "eform", nil), nil
	}
	agenda := pohoda.Find(name)
	if agenda == nil {
		return nil, diag.New(CodeUnknownAgenda, "known", strings.Join(FieldTables(), ", ")).WithValue(name)
	}
	schema, err := pack.Schema(agenda)
	if err != nil {
		return nil, err
	}
	infos := slices.Clone(agenda.Rows())
	places := func(info fieldtable.Info) []int {
		return schema.Places(xsd.ParsePath(agenda.Tag() + "/" + info.Path)...)
	}
	slices.SortStableFunc(infos, func(a, b fieldtable.Info) int { return slices.Compare(places(a), places(b)) })
	return rows(infos, agenda.Tag(), schema), nil
}

func rows(infos []fieldtable.Info, root string, schema *xsd.Schema) []FieldRow {
	var all []FieldRow
	for _, info := range infos {
		row := FieldRow{Field: info.Field, Label: info.Label, Path: root + "/" + info.Path, Direction: info.Direction, Note: info.Note}
		if schema != nil {
			if decl, ok := schema.Lookup(xsd.ParsePath(row.Path)...); ok {
				row.Limit = limit(decl)
			}
			if info.Most > 0 {
				row.Limit = "≤ " + strconv.Itoa(info.Most)
			}
		}
		all = append(all, row)
	}
	return all
}

// limit says in a few words what a schema allows at a place.
func limit(d *xsd.Decl) string {
	switch {
	case d.Enumeration != nil:
		return strings.Join(d.Enumeration, " | ")
	case d.MaxLength > 0:
		return "≤ " + strconv.Itoa(d.MaxLength)
	case d.Range != "":
		return d.Builtin + " " + d.Range
	}
	return d.Builtin
}
