package receipts

import (
	"maps"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/sheet"
)

// CodeUnknownColumn is the code of an option that names no column of a list.
var CodeUnknownColumn = diag.Usage.Code("usage-column-unknown", "known")

// column is a column of a list of invoices.
type column int

// The columns. Only the first three must be there.
const (
	orderColumn column = iota
	dueColumn
	dateColumn
	numberColumn
	totalColumn
	symbolColumn
	settledColumn
	stornoColumn
	typeColumn
	currencyColumn
	foreignTotalColumn
	foreignDueColumn
	customerColumn
	appliedColumn
	columns

	required = dateColumn + 1
)

// columnHeaders are the headers by which the columns are found, compared folded,
// and those that are taken where none of these is there (reference OPERATION,
// section 2.3; the names of the database stand with those of the screen).
var columnHeaders = [columns]struct {
	// name is what options call the column.
	name         string
	first, other []string
}{
	orderColumn: {"order", []string{
		"Občj", "Objč", "Obj", "Obj. č.", "Č. obj.", "Číslo obj.", "Číslo objednávky", "Objednávka č.", "Objednávka", "CisloObj",
	}, nil},
	dueColumn:          {"due", []string{"K likvidaci", "K likvidácii", "KcLikv"}, nil},
	dateColumn:         {"date", []string{"Datum", "Dátum"}, []string{"Datum vystavení", "Dátum vystavenia", "Vystaveno", "Vystavené"}},
	numberColumn:       {"number", []string{"Číslo"}, []string{"Číslo faktury", "Číslo faktúry", "Číslo dokladu", "Faktura", "Faktúra", "Doklad"}},
	totalColumn:        {"total", []string{"Celkem", "Celkom", "KcCelkem"}, []string{"Částka", "Čiastka", "Suma", "Celkem s DPH", "Celkom s DPH"}},
	symbolColumn:       {"symbol", []string{"Varsym", "Var. sym.", "VS", "Variabilní symbol", "Variabilný symbol"}, nil},
	settledColumn:      {"settled", []string{"Likv", "Likvidováno", "Likvidované", "Datum likvidace", "Dátum likvidácie", "DatLikv"}, nil},
	stornoColumn:       {"storno", []string{"Storno", "Stornováno", "Stornované"}, nil},
	typeColumn:         {"type", []string{"Typ", "Typ faktury", "Typ faktúry", "Typ dokladu"}, nil},
	currencyColumn:     {"currency", []string{"Cizí měna", "Cudzia mena", "CM"}, []string{"Měna", "Mena"}},
	foreignTotalColumn: {"foreign-total", []string{"CM celkem", "CM celkom", "CmCelkem", "Celkem CM", "Celkom CM"}, nil},
	foreignDueColumn:   {"foreign-due", []string{"CM k likvidaci", "CM k likvidácii", "K likvidaci CM", "K likvidácii CM", "CmLikv"}, nil},
	customerColumn:     {"customer", []string{"Firma"}, []string{"Odběratel", "Odberateľ", "Jméno", "Meno"}},
	appliedColumn:      {"applied", []string{"Uplatněno", "Uplatnené"}, nil},
}

// EvidenceColumns are the names by which options call the columns of a list.
func EvidenceColumns() []string {
	var names []string
	for _, c := range columnHeaders {
		names = append(names, c.name)
	}
	return names
}

// requiredColumns gives the columns without which a file is not read: those that
// verdicts need, and those that the options name.
func requiredColumns(outright map[string]string) ([][]string, *diag.Issue) {
	var all [][]string
	for c, headers := range columnHeaders {
		switch header, ok := outright[headers.name]; {
		case ok:
			all = append(all, []string{header})
		case column(c) < required:
			all = append(all, slices.Concat(headers.first, headers.other))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(outright)) {
		if known := EvidenceColumns(); !slices.Contains(known, name) {
			return nil, diag.New(CodeUnknownColumn, "known", strings.Join(known, ", ")).WithValue(name)
		}
	}
	return all, nil
}

// placeColumns finds the columns in a file. A header that an option names is no
// other column's too.
//
//nolint:gocognit // one rule a column, read one after another
func placeColumns(r *sheet.Reader, outright map[string]string) (at [columns]int, err error) {
	taken := map[int]bool{}
	for c, headers := range columnHeaders {
		at[c] = -1
		if header, ok := outright[headers.name]; ok {
			if at[c], err = r.Index(header); err != nil {
				return at, err
			}
			taken[at[c]] = true
		}
	}
	for c, headers := range columnHeaders {
		for _, names := range [...][]string{headers.first, headers.other} {
			if at[c] >= 0 || len(names) == 0 {
				break
			}
			place, err := r.Index(names...)
			if err != nil {
				return at, err
			}
			if !taken[place] {
				at[c] = place
			}
		}
	}
	return at, nil
}
