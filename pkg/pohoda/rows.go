package pohoda

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The kinds of plain row. Each takes the path, POHODA's name of the field on
// screen, the canonical field and its place in the model.

// text is a text of one line.
func text[C any](path, label, field string, place func(C) *string) fieldtable.Row[C] {
	return fieldtable.Field(fieldtable.Text, path, label, field, place)
}

// code is a text of one line that identifies something, and is never cut: a code
// of the unit, the number of a document, the address of a person.
func code[C any](path, label, field string, place func(C) *string) fieldtable.Row[C] {
	return text(path, label, field, place).NeverCut()
}

// unitCode is a code of one of the accounting unit's own lists, by the list's name in
// the configuration.
func unitCode[C any](list, path, label, field string, place func(C) *string) fieldtable.Row[C] {
	return code(path, label, field, place).OfUnit(list, place)
}

// contractNumber is how long the number of a contract (Zakázka) is at most: where
// documents refer to one, the schemas allow 19 (type.xsd, numberTypeContract and
// idsType).
const contractNumber = 12

// contract is the number of a contract.
func contract[C any](path, field string, place func(C) *string) fieldtable.Row[C] {
	return unitCode("contract", path, "Zakázka", field, place).AtMost(contractNumber)
}

// memo is a text of several lines.
func memo[C any](path, label, field string, place func(C) *string) fieldtable.Row[C] {
	return fieldtable.Field(fieldtable.Memo, path, label, field, place)
}

// decimal is an exact number.
func decimal[C any](path, label, field string, place func(C) *money.Decimal) fieldtable.Row[C] {
	return fieldtable.Field(fieldtable.Decimal, path, label, field, place)
}

// date is a calendar day.
func date[C any](path, label, field string, place func(C) *trade.Date) fieldtable.Row[C] {
	return fieldtable.Field(dateCodec, path, label, field, place)
}

// flag is a truth value.
func flag[C any](path, label, field string, place func(C) *trade.Flag) fieldtable.Row[C] {
	return fieldtable.Field(flagCodec, path, label, field, place)
}

// recordID is the number of a record in POHODA's database.
func recordID[C any](path, label, field string, place func(C) *int64) fieldtable.Row[C] {
	return fieldtable.Field(fieldtable.ID, path, label, field, place)
}

// words is a word of the model that stands for a word of the schema.
func words[C any, T comparable](path, label, field string, theirs map[T]string, place func(C) *T) fieldtable.Row[C] {
	return fieldtable.Field(fieldtable.Words(theirs), path, label, field, place)
}

// word is a word that is the same in the model and in the schema.
func word[C any, T ~string](path, label, field string, place func(C) *T) fieldtable.Row[C] {
	return fieldtable.Field(fieldtable.Word[T](), path, label, field, place).NeverCut()
}

// constant is a value that the format demands and the model does not hold.
func constant[C any](path, value, note string) fieldtable.Row[C] {
	return fieldtable.Rule(path, "", "", func(C) (string, bool) { return value, true }, ignore[C]).WithNote(note)
}

// ignore reads a value that says nothing about the record.
func ignore[C any](C, string) *diag.Issue { return nil }

// dateCodec reads a day; a zone may follow it (xsd:date), and POHODA means the
// day itself.
var dateCodec = fieldtable.Parsed(func(d trade.Date) bool { return !d.IsZero() },
	func(s string) (trade.Date, error) { return trade.ParseDate(s[:min(len(s), len("2006-01-02"))]) })

// flagCodec writes the only two words that the schema takes (type.xsd,
// boolean); some elements are xsd:boolean and may give 1 and 0.
var flagCodec = fieldtable.Codec[trade.Flag]{
	Format: func(f trade.Flag) (string, bool) {
		if f.IsYes() {
			return "true", true
		}
		return "false", f.IsSet()
	},
	Parse: func(s string) (trade.Flag, *diag.Issue) {
		switch strings.TrimSpace(s) {
		case "true", "1":
			return trade.Yes, nil
		case "false", "0":
			return trade.No, nil
		}
		return trade.Unset, fieldtable.Unreadable(s)
	},
}
