package crm

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/crm/table"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// withoutNotes leaves the warnings and errors.
func withoutNotes(issues diag.List) diag.List {
	return append(issues.Of(diag.Error), issues.Of(diag.Warning)...)
}

func TestHeadersInThreeLanguages(t *testing.T) {
	for name, text := range map[string]string{
		"czech":     "Číslo obj.;Datum;Odběratel;IČO;PSČ;Kód;Název;Množství;M.J.;Cena bez DPH;Sleva %;Sazba DPH\nO1;16. 3. 2026;Firma;22222227;60200;A;Židle;2;ks;1 234,50 Kč;10 %;21 %\n",
		"slovak":    "ČÍSLO OBJEDNÁVKY\tDátum vystavenia\tOdberateľ\tIČO\tPSČ\tKód tovaru\tNázov\tMnožstvo\tMJ\tJedn. cena bez DPH\tZľava %\tSadzba DPH\nO1\t16.03.2026 14:02\tFirma\t22222227\t602 00\tA\tŽidle\t2\tks\t1\u00a0234,50 CZK\t10\t21\n",
		"english":   "Order number,Order date,Customer,Registration number,ZIP,SKU,Item,Quantity,Unit,Unit price excl. VAT,Discount %,VAT rate,Currency\nO1,2026-03-16,Firma,22222227,60200,A,Židle,2,ks,1234.50,10,21,CZK\n",
		"a sep row": "sep=;\ncislo objednavky;datum;odberatel;ico;psc;kod;nazev;mnozstvi;mj;cena bez dph;sleva %;sazba dph;mena\nO1;16.3.2026;Firma;22222227;60200;A;\"Židle\";2;ks;1234,5;10;21;Kč\n",
	} {
		t.Run(name, func(t *testing.T) {
			d, issues := readOne(t, fileOf(t, "orders.csv", text), Options{})
			assert.Empty(t, issues)
			assert.Equal(t, "O1", d.Number)
			assert.Equal(t, "2026-03-16", d.IssueDate.String())
			assert.Equal(t, "602 00", d.Customer.Address.Zip)
			assert.Equal(t, money.Currency("CZK"), d.Currency)
			assert.Equal(t, [][]string{{"A", "Židle", "2", "1234.5", "10", "21"}}, goodsOf(t, d))
			assert.Equal(t, "ks", d.Lines[0].Unit)
		})
	}
}

const head = "Číslo objednávky;Odběratel;IČO;Kód;Název;Množství;Cena bez DPH;Sazba DPH\n"

func TestRowsOfOneRecord(t *testing.T) {
	text := head +
		"O1;Firma;22222227;A;Židle;1;10;21\n" +
		"O2;Jiná;;B;Stůl;1;20;21\n" +
		";;;C;Lampa;1;5;21\n" + // goes on with O2
		"O1;;;D;Deka;1;7;21\n" + // a blank head agrees
		"O3;Třetí;;;;;;\n" // a head without a line
	results := resultsOf(t, fileOf(t, "orders.csv", text), Options{})
	require.Len(t, results, 3)
	var found []string
	for _, r := range results {
		line := r.Record.Document().Number + ":"
		for _, l := range r.Record.Document().Lines {
			line += " " + l.SKU
		}
		found = append(found, line)
	}
	assert.Equal(t, []string{"O1: A D", "O2: B C", "O3:"}, found)
	assert.Equal(t, "O1;Firma;22222227;A;Židle;1;10;21\nO1;;;D;Deka;1;7;21", string(results[0].Record.Origin.Raw))
	assert.Equal(t, 2, results[0].Record.Origin.At.Line)
}

func TestOneRowADeal(t *testing.T) {
	text := "Kód obchodního případu;Název obchodu;Firma;Cena bez DPH;Sazba DPH;Stav\nOP-1;Vybavení;Firma;1000;21;Výhra\nOP-2;Oprava;Jiná;50;21;Prohra\n"
	results := resultsOf(t, fileOf(t, "deals.csv", text), Options{})
	require.Len(t, results, 2)
	for i, want := range []struct {
		number, name, price string
		phase               trade.Phase
	}{{"OP-1", "Vybavení", "1000", trade.Won}, {"OP-2", "Oprava", "50", trade.Lost}} {
		d := results[i].Record.Document()
		assert.Empty(t, results[i].Issues)
		assert.Equal(t, want.number, d.Number)
		assert.Equal(t, want.phase, d.Status.Phase)
		require.Len(t, d.Lines, 1)
		assert.Equal(t, want.name, d.Lines[0].Name)
		assert.Equal(t, "1", d.Lines[0].Quantity.String())
		assert.Equal(t, want.price, d.Lines[0].UnitPrice.String())
		assert.Equal(t, trade.TextLine, d.Lines[0].Kind)
	}
}

func TestPricesWithAndWithoutVAT(t *testing.T) {
	const start, end = "Číslo objednávky;Množství;Název;Sazba DPH;", "\nO1;1;Židle;21;"
	for _, c := range []struct {
		columns, cells string
		gross          bool
		price          string
		warned         string
	}{
		{"Cena bez DPH", "100", false, "100", ""},
		{"Cena s DPH", "121", true, "121", ""},
		{"Cena s DPH;Cena bez DPH", "121;100", false, "100", ""},
		{"Cena", "100", false, "100", "Cena"},
		{"Jedn. cena", "100", false, "100", "Jedn. cena"},
		{"Cena;Cena bez DPH", "121;100", false, "100", ""},
	} {
		t.Run(c.columns, func(t *testing.T) {
			file := fileOf(t, "orders.csv", start+c.columns+end+c.cells+"\n"+"O1;1;Stůl;21;"+c.cells+"\n")
			d, issues := readOne(t, file, Options{})
			assert.Empty(t, issues)
			assert.Equal(t, c.gross, d.PricesIncludeVAT.IsYes())
			assert.Equal(t, c.price, d.Lines[0].UnitPrice.String())
			warnings := findingsOf(t, file).Of(diag.Warning)
			if c.warned == "" {
				assert.Empty(t, warnings)
				return
			}
			require.Len(t, warnings, 1)
			assert.Equal(t, profile.CodePriceAssumed, warnings[0].Code)
			assert.Equal(t, c.warned, warnings[0].Value)
			assert.Equal(t, 1, warnings[0].At.Line)
		})
	}
}

// findingsOf are those of a file as a whole.
func findingsOf(t *testing.T, file string) diag.List {
	t.Helper()
	s, err := Open(file, Options{})
	require.NoError(t, err)
	defer s.Close()
	return s.Findings()
}

func TestCellsThatAreRefused(t *testing.T) {
	const start = "Číslo objednávky;Datum;Odběratel;IČO;Telefon;Kód;Název;Množství;Cena bez DPH;Sazba DPH\n"
	for _, c := range []struct {
		name, rows string
		code       diag.Code
		path       string
		value      string
		line       int
	}{
		{"a price with a comma between thousands", "O1;;F;;;A;x;1;1,234.50;21", sheet.CodeBadNumber, "Cena bez DPH", "1,234.50", 2},
		{"a price of two readings", "O1;;F;;;A;x;1;1.234;21", sheet.CodeNumberAmbiguous, "Cena bez DPH", "1.234", 2},
		{"a date of two readings", "O1;08/01/2026;F;;;A;x;1;1;21", sheet.CodeDateAmbiguous, "Datum", "08/01/2026", 2},
		{"a telephone that a spreadsheet cut", "O1;;F;;4.2077E+11;A;x;1;1;21", table.CodeSpreadsheet, "Telefon", "4.2077E+11", 2},
		{"an order number that a spreadsheet cut", "2,026E+09;;F;;;A;x;1;1;21", table.CodeSpreadsheet, "Číslo objednávky", "2,026E+09", 2},
		{"a second row", "O1;;F;;;A;x;1;1;21\nO1;;F;;;A;x;dva;1;21", sheet.CodeBadNumber, "Množství", "dva", 3},
		{"a head that differs", "O1;;F;;;A;x;1;1;21\nO1;;G;;;A;x;1;1;21", table.CodeHeadDiffers, "", "G", 3},
		{"a row without a number", "O1;;F;;;A;x;1;1;21\n;;G;;;A;x;1;1;21", table.CodeNoNumber, "", "", 3},
		{"amounts in two currencies", "O1;;F;;;A;x;1;1 Kč;21\nO1;;F;;;A;x;1;1 €;21", table.CodeCurrencyMixed, "Cena bez DPH", "EUR", 3},
		{"too many cells", "O1;;F;;;A;x;1;1;21;;x", sheet.CodeTooManyCells, "", ";x", 2},
		{"no name of the goods", "O1;;F;;;A;;1;1;21", canonical.CodeMissingKey, "lines[0].name", "", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			var refused diag.List
			for _, r := range resultsOf(t, fileOf(t, "orders.csv", start+c.rows+"\n"), Options{}) {
				refused = append(refused, r.Issues.Of(diag.Error)...)
			}
			require.NotEmpty(t, refused)
			assert.Equal(t, c.code, refused[0].Code, refused[0])
			assert.Equal(t, c.path, refused[0].Path)
			assert.Equal(t, c.value, refused[0].Value)
			assert.Equal(t, c.line, refused[0].At.Line)
			assert.True(t, strings.HasSuffix(refused[0].At.File, "orders.csv"))
		})
	}
}

func TestHeadThatDiffersNamesBothLines(t *testing.T) {
	text := head + "O1;Firma;;A;x;1;1;21\nO2;Y;;A;x;1;1;21\nO1;Firmy;;A;x;1;1;21\n"
	results := resultsOf(t, fileOf(t, "orders.csv", text), Options{})
	require.Len(t, results, 2)
	require.Len(t, results[0].Issues, 1)
	assert.Empty(t, results[1].Issues, "the other record is not touched")
	assert.True(t, strings.HasSuffix(results[0].Issues[0].Error(), `orders.csv:4: column "Odběratel" says "Firmy", but "Firma" on line 2 of the same record`), results[0].Issues[0])
}

func TestZerosThatASpreadsheetAte(t *testing.T) {
	d, issues := readOne(t, fileOf(t, "orders.csv", head+"O1;Firma;12345;A;x;1;1;21\n"), Options{})
	assert.Equal(t, "00012345", d.Customer.RegistrationID)
	require.Len(t, issues, 1)
	assert.Equal(t, diag.Note, issues[0].Severity)
	assert.Equal(t, expression.CodeZerosRestored, issues[0].Code)
	assert.Equal(t, "customer.registrationId", issues[0].Path)
	assert.Equal(t, "12345", issues[0].Value)
}

func TestColumnsByOption(t *testing.T) {
	text := "Naše č.;Název;Cosi;Cena s DPH;Sazba DPH\nO1;Židle;5;121;21\n"
	_, err := Open(fileOf(t, "orders.csv", text), Options{})
	require.Error(t, err)
	assert.Equal(t, sheet.CodeMissingColumns, diag.As(err).Code)

	d, issues := readOne(t, fileOf(t, "orders.csv", text), Options{Columns: map[string]string{"number": "naše č", "quantity": "COSI"}})
	assert.Empty(t, issues)
	assert.Equal(t, "O1", d.Number)
	assert.Equal(t, "5", d.Lines[0].Quantity.String())

	// What the warning about a price header says to do.
	d, issues = readOne(t, fileOf(t, "orders.csv", "Číslo objednávky;Název;Jedn. cena\nO1;Židle;121\n"), Options{Columns: map[string]string{"price_gross": "Jedn. cena"}})
	assert.Empty(t, issues)
	assert.True(t, d.PricesIncludeVAT.IsYes())
	assert.Equal(t, "121", d.Lines[0].UnitPrice.String())

	for columns, code := range map[[2]string]diag.Code{
		{"nubmer", "Naše č."}: profile.CodeUnknownColumn,
		{"number", "Vaše č."}: sheet.CodeMissingColumns,
	} {
		_, err := Open(fileOf(t, "orders.csv", text), Options{Columns: map[string]string{columns[0]: columns[1]}})
		require.Error(t, err)
		assert.Equal(t, code, diag.As(err).Code)
	}
}

func TestColumnsOutOfWhichNothingIsRead(t *testing.T) {
	issues := findingsOf(t, fileOf(t, "orders.csv", "Číslo objednávky;Množství;Název;Barva;;Tvar\nO1;1;x;červená;;kulatý\n"))
	require.Len(t, issues, 1)
	assert.Equal(t, diag.Note, issues[0].Severity)
	assert.Equal(t, `"Barva", "Tvar"`, issues[0].Args["columns"])
}

func TestTwoColumnsOfOneMeaning(t *testing.T) {
	_, err := Open(fileOf(t, "orders.csv", "Číslo objednávky;Objednávka;Název\nO1;O2;x\n"), Options{})
	require.Error(t, err)
	assert.Equal(t, sheet.CodeColumnTwice, diag.As(err).Code)
}

func TestNumberThatCannotBeReadStillNamesItsRecord(t *testing.T) {
	results := resultsOf(t, fileOf(t, "orders.csv", head+"2,026E+09;Firma;;A;x;1;1;21\n"), Options{})
	require.Len(t, results, 1)
	assert.Equal(t, []diag.Code{table.CodeSpreadsheet}, codes(results[0].Issues))
	assert.Equal(t, "2,026E+09", results[0].Record.Document().Number)
}

// A file that is cut off could have lost a line of any record.
func TestFileThatCannotBeReadToItsEnd(t *testing.T) {
	results := resultsOf(t, fileOf(t, "orders.csv", head+"O1;Firma;;A;x;1;1;21\nO2;\"Firma;;A;x;1;1;21\n"), Options{})
	require.Len(t, results, 1)
	assert.Equal(t, []diag.Code{sheet.CodeOpenQuote}, codes(results[0].Issues))
}

func TestShoptetExport(t *testing.T) {
	d, issues := readOne(t, samples+"shoptet_orders.csv", Options{})
	assert.Empty(t, withoutNotes(issues))
	assert.Equal(t, "2026000045", d.Number)
	assert.Equal(t, "Dlouhá 12", d.Customer.Address.Street)
	assert.True(t, d.PricesIncludeVAT.IsYes())
	assert.Equal(t, "19631.52", d.Totals.Gross.String())
	assert.Equal(t, []trade.LineKind{"product", "product", "text"}, []trade.LineKind{d.Lines[0].Kind, d.Lines[1].Kind, d.Lines[2].Kind})
	assert.Equal(t, "3800.61", d.Lines[0].UnitPrice.String())
}

func TestOwnProfileOfCSV(t *testing.T) {
	profile := fileOf(t, "own.yaml", `profile: 1
name: own
system: own
kind: order
format: csv
csv:
  head:
    n: {is: code, names: Nr}
    paid: {is: bool, names: Paid}
  line:
    p: {is: number, names: Price}
fields:
  source.id: r.n
  payment.state: 'r.paid ? "paid" : "unpaid"'
lines:
  fields:
    name: '"x"'
    unitPrice: it.p
`)
	results := resultsOf(t, fileOf(t, "own.csv", "Nr;Paid;Price\n1;Ano;5\n1;nie;6\n"), Options{Profile: profile})
	require.Len(t, results, 2, "without a group each row is a record")
	assert.Equal(t, trade.Paid, results[0].Record.Document().Payment.State)
	assert.Equal(t, trade.Unpaid, results[1].Record.Document().Payment.State)
}

func FuzzCSV(f *testing.F) {
	for _, name := range []string{examples + "csv/orders.csv", samples + "shoptet_orders.csv"} {
		text, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(head + "O1;Firma;22222227;A;Židle;1;10;21\n;;;;;;;\nO1;;;D;Deka;1;7;21\n"))
	foreign, err := newForeign(Options{})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text []byte) {
		in, err := foreign.openCSV(strings.NewReader(string(text)), "fuzz.csv")
		if err != nil {
			assert.NotEqual(t, diag.Unexpected, diag.As(err).Code)
			return
		}
		for {
			raw, err := in.Next()
			if err != nil {
				return
			}
			if raw.Broken != nil {
				continue
			}
			for _, r := range in.Decode(raw) {
				// What is not refused is a document that can be named again.
				if !r.Issues.Refused() {
					require.NotNil(t, r.Record.Document())
					assert.NotEmpty(t, r.Record.Document().Source.ID)
				}
			}
		}
	})
}
