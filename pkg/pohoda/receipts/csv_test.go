package receipts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/pohoda/receipts"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/sheet"
)

// told writes evidence in a line: what is not said is a dash.
func told(e *settlement.Evidence) string {
	order := "-"
	for _, link := range e.Orders {
		order = link.Number
	}
	text := fmt.Sprint(either(e.Invoice), " order ", order, " due ", either(e.Due.String()), " of ", either(e.Total.String()), " ", either(string(e.Currency)))
	if e.Kind != settlement.UnknownEvidence {
		text += " " + string(e.Kind)
	}
	if e.Cancelled.IsYes() {
		text += " cancelled"
	}
	if !e.Settled.IsZero() {
		text += " settled " + e.Settled.String()
	}
	for _, doubt := range e.Doubts {
		text += " ?" + string(doubt.Code) + "@" + doubt.Path
	}
	return text
}

func either(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func toldAll(all []settlement.Evidence) (lines []string) {
	for i := range all {
		lines = append(lines, told(&all[i]))
	}
	return lines
}

func TestInvoiceRows(t *testing.T) {
	for _, test := range []struct {
		name, header, row, want string
	}{
		{"the required columns alone", "Občj;K likvidaci;Datum", "OP-1;0,00;1.3.2026", "- order OP-1 due 0 of - CZK"},
		{"no order", "Občj;K likvidaci;Datum", ";5;1.3.2026", "- order - due 5 of - CZK"},
		{"blanks around", "Občj;K likvidaci;Datum", " OP-1 ; 5 ; 1. 3. 2026 ", "- order OP-1 due 5 of - CZK"},
		{"Slovak names", "Číslo;Č. obj.;Celkom;K likvidácii;Dátum", "1;O1;118,08;18,08;1.3.2026", "1 order O1 due 18.08 of 118.08 CZK"},
		{"folded names", "CISLO;obj c;CELKEM;k  likvidaci;DATUM", "1;O1;118;0;1.3.2026", "1 order O1 due 0 of 118 CZK"},
		{"second choice of a name", "Číslo faktury;Občj;Částka;K likvidaci;Datum vystavení", "1;O1;118;0;1.3.2026", "1 order O1 due 0 of 118 CZK"},
		{"the first choice beats the second", "Číslo;Faktura;Občj;Celkem;Suma;K likvidaci;Datum", "1;x;O1;118;9;0;1.3.2026", "1 order O1 due 0 of 118 CZK"},

		{"empty is unknown", "Občj;Celkem;K likvidaci;Datum", "O1;118;;1.3.2026", "- order O1 due - of 118 CZK"},
		{"a short row", "Občj;Datum;Celkem;K likvidaci", "O1;1.3.2026", "- order O1 due - of - CZK"},
		{"thousands and a currency", "Občj;Celkem;K likvidaci;Datum", "O1;1\u00A0234,50 Kč;1'234.50;1.3.2026", "- order O1 due 1234.5 of 1234.5 CZK"},
		{"minus in front", "Občj;K likvidaci;Datum", "O1;-10,00;1.3.2026", "- order O1 due -10 of - CZK"},
		{"minus behind", "Občj;K likvidaci;Datum", "O1;10,00-;1.3.2026", "- order O1 due -10 of - CZK"},
		{"the other minus", "Občj;K likvidaci;Datum", "O1;−10,00;1.3.2026", "- order O1 due -10 of - CZK"},
		{"brackets", "Občj;K likvidaci;Datum", "O1;(10,00);1.3.2026", "- order O1 due -10 of - CZK"},
		{"an ambiguous point", "Občj;K likvidaci;Datum", "O1;1.234;1.3.2026", "- order O1 due - of - CZK ?number-ambiguous@K likvidaci"},
		{"no number", "Občj;Celkem;K likvidaci;Datum", "O1;mnoho;0;1.3.2026", "- order O1 due 0 of - CZK ?bad-number@Celkem"},
		{"too many cells", "Občj;K likvidaci;Datum", "O1;0;1.3.2026;5", "- order O1 due 0 of - CZK ?csv-too-many-cells@"},

		{"a time behind the date", "Občj;K likvidaci;Datum", "O1;0;1.3.2026 0:00:00", "- order O1 due 0 of - CZK"},
		{"settled", "Občj;K likvidaci;Datum;Likv", "O1;0;1.3.2026;15.3.2026 0:00:00", "- order O1 due 0 of - CZK settled 2026-03-15"},
		{"partly paid is not settled", "Občj;K likvidaci;Datum;Likv", "O1;5;1.3.2026;15.3.2026", "- order O1 due 5 of - CZK"},
		{"what is unknown is not settled", "Občj;K likvidaci;Datum;Likv", "O1;;1.3.2026;15.3.2026", "- order O1 due - of - CZK"},

		{"an invoice", "Občj;K likvidaci;Datum;Typ", "O1;0;1.3.2026;Faktura", "- order O1 due 0 of - CZK invoice"},
		{"an advance", "Občj;K likvidaci;Datum;Typ", "O1;0;1.3.2026;ZÁLOHOVÁ FAKTURA", "- order O1 due 0 of - CZK advance"},
		{"a Slovak advance", "Občj;K likvidaci;Datum;Typ", "O1;0;1.3.2026;Preddavková faktúra", "- order O1 due 0 of - CZK advance"},
		{"a proforma", "Občj;K likvidaci;Datum;Typ", "O1;0;1.3.2026;Proforma", "- order O1 due 0 of - CZK advance"},
		{"a credit note", "Občj;K likvidaci;Datum;Typ", "O1;-5;1.3.2026;Dobropis", "- order O1 due -5 of - CZK credit-note"},
		{"a debit note", "Občj;K likvidaci;Datum;Typ", "O1;5;1.3.2026;Ťarchopis", "- order O1 due 5 of - CZK debit-note"},
		{"a penalty", "Občj;K likvidaci;Datum;Typ", "O1;5;1.3.2026;Penále", "- order O1 due 5 of - CZK other"},
		{"another receivable", "Občj;K likvidaci;Datum;Typ", "O1;5;1.3.2026;Ostatní pohledávka", "- order O1 due 5 of - CZK other"},
		{"no type said", "Občj;K likvidaci;Datum;Typ", "O1;5;1.3.2026;", "- order O1 due 5 of - CZK"},
		{"an unknown type", "Občj;K likvidaci;Datum;Typ", "O1;0;1.3.2026;Účtenka", "- order O1 due 0 of - CZK ?invoice-type-unknown@Typ"},
		{"the agenda of advances", "Občj;K likvidaci;Datum;Uplatněno", "O1;0;1.3.2026;0", "- order O1 due 0 of - CZK advance"},

		{"cancelled", "Občj;K likvidaci;Datum;Storno", "O1;0;1.3.2026;Ano", "- order O1 due 0 of - CZK cancelled"},
		{"cancelled by a word", "Občj;K likvidaci;Datum;Storno", "O1;0;1.3.2026;Stornovaný doklad", "- order O1 due 0 of - CZK cancelled"},
		{"the document that cancels", "Občj;K likvidaci;Datum;Storno", "O1;0;1.3.2026;stornující", "- order O1 due 0 of - CZK cancelled"},
		{"ne is no", "Občj;K likvidaci;Datum;Storno", "O1;0;1.3.2026;ne", "- order O1 due 0 of - CZK"},
		{"nie is no", "Občj;K likvidaci;Datum;Storno", "O1;0;1.3.2026;NIE", "- order O1 due 0 of - CZK"},
		{"an unknown word", "Občj;K likvidaci;Datum;Storno", "O1;0;1.3.2026;možná", "- order O1 due 0 of - CZK ?invoice-storno-unknown@Storno"},

		{"exponents", "Občj;K likvidaci;Datum", "2,026E+09;0;1.3.2026", "- order 2,026E+09 due 0 of - CZK ?number-shortened@order"},
		{"became a date", "Občj;K likvidaci;Datum", "1.12.2026;0;1.3.2026", "- order 1.12.2026 due 0 of - CZK ?number-changed@order"},
		{"became a month", "Občj;K likvidaci;Datum", "XII.26;0;1.3.2026", "- order XII.26 due 0 of - CZK ?number-changed@order"},
		{"became an English month", "Občj;K likvidaci;Datum", "Dec-26;0;1.3.2026", "- order Dec-26 due 0 of - CZK ?number-changed@order"},
		{"got decimals", "Občj;K likvidaci;Datum", "2026000045,00;0;1.3.2026", "- order 2026000045,00 due 0 of - CZK ?number-changed@order"},
		{"got thousands", "Občj;K likvidaci;Datum", "2\u00A0026\u00A0000;0;1.3.2026", "- order 2\u00A0026\u00A0000 due 0 of - CZK ?number-changed@order"},
		{"a person's own number", "Občj;K likvidaci;Datum", "VI-2026.12/E+0;0;1.3.2026", "- order VI-2026.12/E+0 due 0 of - CZK"},
		{"a plain number", "Občj;K likvidaci;Datum", "0045;0;1.3.2026", "- order 0045 due 0 of - CZK"},
		{"a shortened invoice number is none", "Číslo;Občj;K likvidaci;Datum", "2,6E+08;O1;0;1.3.2026", "- order O1 due 0 of - CZK"},

		{"foreign, both in it", "Občj;Celkem;K likvidaci;Datum;Cizí měna;CM celkem;CM k likvidaci", "O1;25000;12500;1.3.2026;EUR;1000;500", "- order O1 due 500 of 1000 EUR"},
		{"foreign, settled at home", "Občj;Celkem;K likvidaci;Datum;Cizí měna;CM celkem", "O1;25000;0;1.3.2026;EUR;1000", "- order O1 due 0 of 1000 EUR"},
		{"foreign, all of it due at home", "Občj;Celkem;K likvidaci;Datum;Cizí měna;CM celkem", "O1;25000;25000;1.3.2026;EUR;1000", "- order O1 due 1000 of 1000 EUR"},
		{"foreign, a part due at home", "Občj;Celkem;K likvidaci;Datum;Cizí měna;CM celkem", "O1;25000;12500;1.3.2026;EUR;1000", "- order O1 due - of 1000 EUR"},
		{"foreign, home amounts alone", "Občj;Celkem;K likvidaci;Datum;Cizí měna", "O1;25000;25000;1.3.2026;EUR", "- order O1 due - of - EUR"},
		{"foreign by the tails", "Občj;Celkem;K likvidaci;Datum", "O1;1 000,00 EUR;500 €;1.3.2026", "- order O1 due 500 of 1000 EUR"},
		{"tails of two currencies", "Občj;Celkem;K likvidaci;Datum", "O1;25 000 Kč;500 €;1.3.2026", "- order O1 due 500 of - EUR"},
		{"foreign without a name", "Občj;Celkem;K likvidaci;Datum;CM celkem", "O1;25000;12500;1.3.2026;1000", "- order O1 due - of 1000 -"},
		{"home by its name", "Občj;Celkem;K likvidaci;Datum;Měna", "O1;250;0;1.3.2026;Kč", "- order O1 due 0 of 250 CZK"},
		{"nought in a foreign currency is home", "Občj;Celkem;K likvidaci;Datum;Cizí měna;CM celkem", "O1;250;50;1.3.2026;;0", "- order O1 due 50 of 250 CZK"},
		{"a mark of a currency", "Občj;K likvidaci;Datum;Cizí měna;CM celkem", "O1;0;1.3.2026;€;10", "- order O1 due 0 of 10 EUR"},
		{"an unknown currency", "Občj;K likvidaci;Datum;Cizí měna;CM celkem", "O1;0;1.3.2026;tolary;10", "- order O1 due 0 of 10 - ?invoice-currency-unknown@Cizí měna"},
	} {
		t.Run(test.name, func(t *testing.T) {
			all, _ := evidenceOf(t, "x.csv", test.header+"\n"+test.row+"\n", receipts.EvidenceOptions{})
			require.Len(t, all, 1)
			assert.Equal(t, test.want, told(&all[0]))
			assert.Equal(t, diag.Position{File: "x.csv", Line: 2}, all[0].At)
		})
	}
}

// TestInvoiceText reads what is for people.
func TestInvoiceText(t *testing.T) {
	all, _ := evidenceOf(t, "x.csv", "Číslo;Datum;Firma;Var. sym.;Občj;K likvidaci\n260100012;20.3.2026;Truhlárna Vzorová s.r.o.;26012;OP-1;0\n", receipts.EvidenceOptions{})
	require.Len(t, all, 1)
	assert.Equal(t, "2026-03-20", all[0].Date.String())
	assert.Equal(t, "26012", all[0].Symbol)
	assert.Equal(t, "Truhlárna Vzorová s.r.o.", all[0].Customer)
	assert.Equal(t, []settlement.OrderLink{{Via: settlement.ViaCell, Number: "OP-1"}}, all[0].Orders)
}

// TestSlovakUnit: euros are at home there, crowns are not.
func TestSlovakUnit(t *testing.T) {
	all, _ := evidenceOf(t, "x.csv", "Občj;Celkem;K likvidaci;Datum;Cizí měna\nO1;118,08 EUR;18,08;1.3.2026;\nO2;10;10;1.3.2026;CZK\n", receipts.EvidenceOptions{Settings: &pohodatest.Slovak})
	assert.Equal(t, []string{"- order O1 due 18.08 of 118.08 EUR", "- order O2 due - of - CZK"}, toldAll(all))
}

// TestRowsThatAreNoInvoices: footers and subtotals go, an invoice never does.
func TestRowsThatAreNoInvoices(t *testing.T) {
	all, issues := evidenceOf(t, "x.csv", strings.Join([]string{
		"Vydané faktury 2026;;;;;;", "", "Číslo;Datum;Firma;Občj;Celkem;K likvidaci", "Rok 2026;;;;;", "1;1.3.2026;A;O1;100;0",
		"Mezisoučet A;;;;100;0", ";;B;;100;0", "2;;B;O2;100;100", "3;;B;;100;100", "4;špatně;B;O4;100;0", "5;08/01/2026;B;O5;100;0",
		"Celkem 5 dokladů;;;;500;200", ";;Součet:;;500;200", ";Celkem;;;500;200", "CELKEM;31.3.2026;A;O9;100;0",
	}, "\n"), receipts.EvidenceOptions{})
	assert.Equal(t, []string{
		"1 order O1 due 0 of 100 CZK", "2 order O2 due 100 of 100 CZK", "3 order - due 100 of 100 CZK",
		"4 order O4 due 0 of 100 CZK", "5 order O5 due 0 of 100 CZK", "CELKEM order O9 due 0 of 100 CZK",
	}, toldAll(all))
	require.Equal(t, []diag.Code{receipts.CodeInvoicesSkipped, receipts.CodeInvoicesUnread}, pohodatest.CodesOf(issues))
	assert.Equal(t, diag.Args{"count": "6", "lines": "4, 6, 7, …"}, issues[0].Args)
	assert.Equal(t, "Rok 2026", issues[0].Value)
	assert.Equal(t, diag.Args{"column": "Datum", "count": "2", "lines": "10, 11"}, issues[1].Args)
	assert.Equal(t, "špatně", issues[1].Value)
}

func TestBlankDue(t *testing.T) {
	const text = "Občj;K likvidaci;Datum\nO1;;1.3.2026\nO2;5;1.3.2026\nO3;;1.3.2026\n"
	all, issues := evidenceOf(t, "x.csv", text, receipts.EvidenceOptions{})
	assert.Equal(t, []string{"- order O1 due - of - CZK", "- order O2 due 5 of - CZK", "- order O3 due - of - CZK"}, toldAll(all))
	require.Equal(t, []diag.Code{receipts.CodeInvoicesEmptyDue}, pohodatest.CodesOf(issues))
	assert.Equal(t, "2", issues[0].Args["count"])
	assert.Equal(t, "K likvidaci", issues[0].Args["column"])

	all, issues = evidenceOf(t, "x.csv", text, receipts.EvidenceOptions{EmptyIsZero: true})
	assert.Equal(t, []string{"- order O1 due 0 of - CZK", "- order O2 due 5 of - CZK", "- order O3 due 0 of - CZK"}, toldAll(all))
	assert.Empty(t, issues)

	// With a nought in the file blank means something else.
	_, issues = evidenceOf(t, "x.csv", text+"O4;0,00;1.3.2026\n", receipts.EvidenceOptions{})
	assert.Empty(t, issues)
	// One blank among many is an accident.
	_, issues = evidenceOf(t, "x.csv", "Občj;K likvidaci;Datum\nO1;;1.3.2026\n"+strings.Repeat("O2;5;1.3.2026\n", 20), receipts.EvidenceOptions{})
	assert.Empty(t, issues)
}

// TestCounts are told once for all rows.
func TestCounts(t *testing.T) {
	_, issues := evidenceOf(t, "x.csv", "Číslo;Občj;Celkem;K likvidaci;Datum;Cizí měna;Likv\n"+
		"1;O1;250;50;1.3.2026;EUR;\n2,6E+08;O1;10;0;1.3.2026;;loni\n2,6E+08;O1;10;0;1.3.2026;;Ano\n", receipts.EvidenceOptions{})
	require.Equal(t, []diag.Code{receipts.CodeInvoicesHome, receipts.CodeInvoicesShortened, receipts.CodeInvoicesUnread}, pohodatest.CodesOf(issues))
	assert.Equal(t, "EUR", issues[0].Value)
	assert.Equal(t, "3, 4", issues[1].Args["lines"])
	assert.Equal(t, "Likv", issues[2].Args["column"])
	assert.Equal(t, "loni", issues[2].Value)
	_, issues = evidenceOf(t, "x.csv", "Občj;K likvidaci;Datum\n", receipts.EvidenceOptions{})
	assert.Equal(t, []diag.Code{receipts.CodeInvoicesNone}, pohodatest.CodesOf(issues))
}

func TestColumnsSaidOutright(t *testing.T) {
	const text = "Objednávka;Č. obj.;Zbývá;K likvidaci;Datum\nA1;B1;7;0;1.3.2026\n"
	_, _, _, err := readEvidence("x.csv", text, receipts.EvidenceOptions{})
	issue := diag.As(err)
	assert.Equal(t, sheet.CodeColumnTwice, issue.Code)
	assert.Equal(t, `"Objednávka", "Č. obj."`, issue.Args["columns"])

	all, _ := evidenceOf(t, "x.csv", text, receipts.EvidenceOptions{Columns: map[string]string{"order": "c obj", "due": "Zbývá"}})
	assert.Equal(t, []string{"- order B1 due 7 of - CZK"}, toldAll(all))
	// A header that is named is no other column's.
	all, _ = evidenceOf(t, "x.csv", "Číslo;VS;K likvidaci;Datum\n1;O1;0;1.3.2026\n", receipts.EvidenceOptions{Columns: map[string]string{"order": "VS"}})
	assert.Equal(t, "1 order O1 due 0 of - CZK", told(&all[0]))
	assert.Empty(t, all[0].Symbol)

	_, _, _, err = readEvidence("x.csv", text, receipts.EvidenceOptions{Columns: map[string]string{"order": "Objednávka", "total": "Cena"}})
	assert.Equal(t, sheet.CodeMissingColumns, diag.As(err).Code)
	_, _, _, err = readEvidence("x.csv", text, receipts.EvidenceOptions{Columns: map[string]string{"ordre": "Objednávka"}})
	issue = diag.As(err)
	assert.Equal(t, receipts.CodeUnknownColumn, issue.Code)
	assert.Equal(t, "order, due, date, number, total, symbol, settled, storno, type, currency, foreign-total, foreign-due, customer, applied", issue.Args["known"])
}

func TestMissingColumns(t *testing.T) {
	_, _, _, err := readEvidence("x.csv", "Vydané faktury\nČíslo;Obč.;Celkem;Klikvidaci;Datum\n1;2;3;4;5\n", receipts.EvidenceOptions{})
	issue := diag.As(err)
	require.Equal(t, sheet.CodeMissingColumns, issue.Code)
	assert.Equal(t, `"Občj", "K likvidaci"`, issue.Args["missing"])
	assert.Equal(t, `"Číslo", "Obč.", "Celkem", "Klikvidaci", "Datum"`, issue.Args["found"])
	assert.Contains(t, issue.Args["near"], `"Klikvidaci"`)
	assert.Contains(t, issue.Args["near"], `"Obč."`)

	_, _, _, err = readEvidence("x.csv", strings.Repeat("x\n", 24)+"Občj;K likvidaci;Datum\n1;0;1.3.2026\n", receipts.EvidenceOptions{})
	assert.NoError(t, err, "the 25th row is the last one in which the header is looked for")
}

// TestDialects reads one list in the encodings and with the delimiters in use.
func TestDialects(t *testing.T) {
	const text = "Vydané faktury, březen\nČíslo;Občj;K likvidaci;Datum;Firma\n1;\"OP-1\";1 234,50;1.3.2026;\"Štěpán \"Řezník\" s.r.o.\"\n"
	for _, e := range []charset.Encoding{charset.UTF8, charset.Windows1250, charset.UTF16LE, charset.CP852} {
		for _, delimiter := range []string{";", "\t", "|"} {
			raw, _ := e.Append(nil, []byte(strings.ReplaceAll(text, ";", delimiter)))
			all, _ := evidenceOf(t, "x.csv", string(raw), receipts.EvidenceOptions{})
			assert.Equal(t, []string{"1 order OP-1 due 1234.5 of - CZK"}, toldAll(all), "%s with %q", e, delimiter)
			assert.Equal(t, `Štěpán "Řezník" s.r.o.`, all[0].Customer, "%s with %q", e, delimiter)
		}
	}
	all, _ := evidenceOf(t, "x.csv", "\uFEFF"+strings.Replace(text, "Štěpán", "Stepan", 1), receipts.EvidenceOptions{})
	assert.Len(t, all, 1)
	all, _ = evidenceOf(t, "x.csv", "Číslo,Občj,K likvidaci,Datum\n1,OP-1,\"1 234,50\",1.3.2026\n", receipts.EvidenceOptions{})
	assert.Equal(t, []string{"1 order OP-1 due 1234.5 of - CZK"}, toldAll(all))
}

// TestKindOfFile says what the invoices of a file are that do not say it.
func TestKindOfFile(t *testing.T) {
	const header, rows = "Občj;K likvidaci;Datum;Typ\n", "O1;0;1.3.2026;\nO1;0;1.3.2026;Faktura\n"
	for title, kind := range map[string]string{
		"": "", "Vydané faktury\n": "", "Vydané zálohové faktury\n": " advance", "Vydané faktury, odpočty záloh\n": "",
		"Vydané preddavkové faktúry\n\n": " advance",
	} {
		all, _ := evidenceOf(t, "x.csv", title+header+rows, receipts.EvidenceOptions{})
		assert.Equal(t, []string{"- order O1 due 0 of - CZK" + kind, "- order O1 due 0 of - CZK invoice"}, toldAll(all), title)
	}
}

// TestCutOffFile: what cannot be read to its end has no verdict.
func TestCutOffFile(t *testing.T) {
	_, _, _, err := readEvidence("x.csv", "Občj;K likvidaci;Datum\nO1;0;1.3.2026\n\"O2;0;1.3.2026\n", receipts.EvidenceOptions{})
	issue := diag.As(err)
	assert.Equal(t, sheet.CodeOpenQuote, issue.Code)
	assert.Equal(t, "x.csv:3", issue.At.String())
}
