package receipts

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// headerWithin is in how many rows the header of a list is looked for: titles and
// the conditions of the selection may stand above it.
const headerWithin = 25

// invoiceTable is a CSV of invoices that is being read. Its columns are the
// user's own and are found by their names, never by their place (reference
// OPERATION, section 2).
type invoiceTable struct {
	*evidenceList
	reader *sheet.Reader
	// at are the places of the columns, -1 for those that the file lacks.
	at   [columns]int
	kind settlement.EvidenceKind
	// receivedOnly says that the titles name an agenda of received documents.
	receivedOnly bool
	// kinds and stornos know the words of the columns Typ and Storno.
	kinds   glossary[settlement.EvidenceKind]
	stornos glossary[trade.Flag]
	// evidence and link are used for each row anew.
	evidence settlement.Evidence
	link     [1]settlement.OrderLink
	// zero and blank count the rows with nothing due, and with no word of it.
	zero, blank int
}

// readCSV reads the rows of a CSV.
func (l *evidenceList) readCSV(r io.Reader) error {
	t := &invoiceTable{evidenceList: l, kinds: newGlossary(invoiceWords), stornos: newGlossary(stornoWords)}
	require, issue := requiredColumns(l.options.Columns)
	if issue != nil {
		return issue
	}
	var err error
	t.reader, err = sheet.Open(r, l.file, sheet.Options{Require: require, HeaderWithin: headerWithin})
	if err != nil {
		return err
	}
	if t.at, err = placeColumns(t.reader, l.options.Columns); err != nil {
		return err
	}
	t.kind = t.kindOfAll()
	t.abroad = t.abroad || t.isSlovak() != (l.options.Settings.Unit.Country == "SK")
	for {
		row, err := t.reader.Next()
		if errors.Is(err, io.EOF) {
			return t.end()
		}
		if err == nil {
			err = t.row(&row)
		}
		if err != nil {
			return err
		}
	}
}

// end says what all rows say together.
func (t *invoiceTable) end() error {
	t.tellBlank()
	if t.given == 0 && (t.received.count > 0 || t.receivedOnly) {
		return t.onlyReceived()
	}
	return nil
}

// kindOfAll is what the invoices are of which a row does not say it: advances,
// where a column is one that only they have, or the titles say so; other claims, where
// the titles say that.
func (t *invoiceTable) kindOfAll() settlement.EvidenceKind {
	titles := sheet.Fold(strings.Join(t.reader.Titles(), " "))
	advances := strings.Contains(titles, "zaloh") || strings.Contains(titles, "preddav")
	issued := strings.Contains(titles, "vydan")
	t.receivedOnly = !issued && (strings.Contains(titles, "prijat") || strings.Contains(titles, "zavazky"))
	if !issued && (strings.Contains(titles, "pohledavky") || strings.Contains(titles, "pohladavky")) {
		return settlement.OtherEvidence
	}
	if t.at[appliedColumn] >= 0 || advances && !strings.Contains(titles, "vydane faktury") {
		return settlement.AdvanceEvidence
	}
	return settlement.UnknownEvidence
}

// isSlovak tells a table by the Slovak name of a column.
func (t *invoiceTable) isSlovak() bool {
	for _, c := range [...]column{dueColumn, dateColumn, totalColumn, numberColumn} {
		if t.at[c] < 0 {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(t.header(c))) {
		case "dátum", "dátum vystavenia", "celkom", "celkom s dph", "k likvidácii", "čiastka", "číslo faktúry", "faktúra":
			return true
		}
	}
	return false
}

// tellBlank warns of a file in which blank seems to stand for nothing due.
func (t *invoiceTable) tellBlank() {
	const oneIn = 10
	if !t.options.EmptyIsZero && t.zero == 0 && t.blank*oneIn >= t.given && t.blank > 0 {
		t.issues.Add(diag.Warn(CodeInvoicesEmptyDue, "column", t.header(dueColumn), "count", strconv.Itoa(t.blank)))
	}
}

// row makes evidence of a row, unless it is none of an invoice.
func (t *invoiceTable) row(row *sheet.Row) error {
	e := &t.evidence
	*e = settlement.Evidence{Kind: t.kindOf(), At: diag.Position{File: t.file, Line: row.Line}, Doubts: row.Issues}
	if !t.isInvoice(row, t.readDate(row)) {
		t.skipped.add(row.Line, firstText(row.Cells))
		return nil
	}
	t.readNumbers(row)
	t.readWords(row)
	if e.Kind == receivedKind {
		t.received.add(row.Line, e.Invoice)
		return nil
	}
	t.readAmounts(row)
	return t.give(e)
}

// kindOf is what an invoice is of which its row does not say it.
func (t *invoiceTable) kindOf() settlement.EvidenceKind {
	if t.receivedOnly {
		return receivedKind
	}
	return t.kind
}

// cell is the text of a column, "" where the file lacks it.
func (t *invoiceTable) cell(row *sheet.Row, c column) string {
	if t.at[c] < 0 {
		return ""
	}
	return strings.TrimSpace(row.Cells[t.at[c]])
}

// header is the name of a column as the file writes it.
func (t *invoiceTable) header(c column) string { return t.reader.Columns()[t.at[c]] }

// doubt adds a reason why the row proves nothing.
func (t *invoiceTable) doubt(c column, issue *diag.Issue) {
	if issue.Path == "" {
		issue.Path = t.header(c)
	}
	t.evidence.Doubts.Add(issue.WithPosition(t.evidence.At))
}

// remark counts a cell that cannot be read and on which nothing rests.
func (t *invoiceTable) remark(c column, cell string) {
	header := t.header(c)
	if t.unread[header] == nil {
		t.unread[header] = &remarks{}
	}
	t.unread[header].add(t.evidence.At.Line, cell)
}

// readDate reads the day of issue and tells whether there is one.
func (t *invoiceTable) readDate(row *sheet.Row) bool {
	cell := t.cell(row, dateColumn)
	if cell == "" {
		return false
	}
	day, err := sheet.ParseDate(cell)
	if err != nil && !isTotal(cell) {
		t.remark(dateColumn, cell)
	}
	t.evidence.Date = trade.DateOf(day)
	return err == nil
}

// isInvoice tells an invoice from the footers, subtotals and headings between
// them. What has a day is an invoice. What has none, is one where it has the
// number of an order, or a number and an amount, and no word for a total: an
// unpaid invoice must not be taken for a footer.
func (t *invoiceTable) isInvoice(row *sheet.Row, dated bool) bool {
	if dated {
		return true
	}
	order, number := t.cell(row, orderColumn), t.cell(row, numberColumn)
	for _, text := range [...]string{firstText(row.Cells), order, number, t.cell(row, dateColumn), t.cell(row, customerColumn)} {
		if isTotal(text) {
			return false
		}
	}
	return order != "" || number != "" && t.cell(row, dueColumn) != ""
}

// firstText is the first cell that is not blank.
func firstText(cells []string) string {
	for _, cell := range cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			return cell
		}
	}
	return ""
}

// readNumbers reads what names the invoice and its order.
func (t *invoiceTable) readNumbers(row *sheet.Row) {
	e := &t.evidence
	e.Symbol, e.Customer = t.cell(row, symbolColumn), t.cell(row, customerColumn)
	if e.Invoice = t.cell(row, numberColumn); sheet.Shortened(e.Invoice) {
		// Several invoices may have become one number.
		t.shortened.add(row.Line, e.Invoice)
		e.Invoice = ""
	}
	order := t.cell(row, orderColumn)
	if order == "" {
		return
	}
	t.link[0] = settlement.OrderLink{Via: settlement.ViaCell, Number: order}
	e.Orders = t.link[:]
	if issue := spoiled(order); issue != nil {
		t.doubt(orderColumn, issue.WithPath(settlement.DoubtOfOrder))
	}
}

// readWords reads the kind of the invoice, and whether it was cancelled.
func (t *invoiceTable) readWords(row *sheet.Row) {
	e := &t.evidence
	if cell := t.cell(row, typeColumn); cell != "" {
		if kind, ok := t.kinds.meaning(cell); ok {
			e.Kind = kind
		} else {
			e.Kind = settlement.UnknownEvidence
			t.doubt(typeColumn, diag.Warn(CodeInvoiceType).WithValue(cell))
		}
	}
	if t.at[stornoColumn] < 0 {
		return
	}
	e.Cancelled = trade.No
	if cell := t.cell(row, stornoColumn); cell != "" {
		cancelled, ok := t.stornos.meaning(cell)
		if e.Cancelled = cancelled; !ok {
			t.doubt(stornoColumn, diag.Warn(CodeInvoiceStorno).WithValue(cell))
		}
	}
}

// amount is an amount of a cell with its currency.
type amount struct {
	money.Decimal
	currency money.Currency
	// named says that the cell names the currency.
	named bool
}

// in gives the amount where it is in a currency.
func (a amount) in(c money.Currency) money.Decimal {
	if a.currency != c {
		return money.Decimal{}
	}
	return a.Decimal
}

// readAmounts reads the total and what is due of it, in the currency of the
// document. An amount is in the currency that it names, else in that of its
// column; one in another currency than the document's says nothing, except that
// nought is nought, and that all of it is due.
func (t *invoiceTable) readAmounts(row *sheet.Row) {
	e := &t.evidence
	foreign := t.foreignCurrency(row)
	due, total := t.amount(row, dueColumn, t.home), t.amount(row, totalColumn, t.home)
	foreignDue, foreignTotal := t.amount(row, foreignDueColumn, foreign), t.amount(row, foreignTotalColumn, foreign)
	t.countDue(row, &due)
	switch {
	case foreign != "":
		e.Currency = foreign
	case foreignTotal.Sign() != 0 || foreignDue.Sign() != 0:
		// The document is in a foreign currency which the file does not name.
	default:
		if e.Currency = due.currency; total.named && !due.named {
			e.Currency = total.currency
		}
		t.assume(row, due, total)
	}
	e.Total = foreignTotal.in(e.Currency).Or(total.in(e.Currency))
	e.Due = foreignDue.in(e.Currency).Or(due.in(e.Currency))
	switch {
	case e.Due.IsSet() || !due.IsSet():
	case due.Sign() == 0:
		e.Due = money.Zero
	case due.currency == total.currency && due.Equal(total.Decimal) && e.Total.IsSet():
		e.Due = e.Total
	default:
		t.homeOnly.add(row.Line, string(e.Currency))
	}
	t.readSettled(row)
}

// assume counts an invoice of which no amount names its currency.
func (t *invoiceTable) assume(row *sheet.Row, due, total amount) {
	if due.named || total.named {
		t.abroad = t.abroad || t.evidence.Currency != t.home
		return
	}
	t.assumed.add(row.Line, string(due.currency))
}

// countDue counts what is due, and takes blank for nought where it is to be.
func (t *invoiceTable) countDue(row *sheet.Row, due *amount) {
	switch {
	case due.IsSet() && due.Sign() == 0:
		t.zero++
	case t.cell(row, dueColumn) == "":
		t.blank++
		if t.options.EmptyIsZero {
			due.Decimal = money.Zero
		}
	}
}

// readSettled reads the day of settlement of an invoice that is settled.
func (t *invoiceTable) readSettled(row *sheet.Row) {
	cell := t.cell(row, settledColumn)
	if cell == "" || !t.evidence.Due.IsSet() || t.evidence.Due.Sign() > 0 {
		return
	}
	day, err := sheet.ParseDate(cell)
	if err != nil {
		if _, err = sheet.ParseBool(cell); err != nil {
			t.remark(settledColumn, cell)
		}
	}
	t.evidence.Settled = trade.DateOf(day)
}

// amount reads an amount; one that cannot be read makes the row prove nothing.
func (t *invoiceTable) amount(row *sheet.Row, c column, currency money.Currency) amount {
	cell := t.cell(row, c)
	if cell == "" {
		return amount{currency: currency}
	}
	value, named, err := sheet.ParseAmount(cell)
	if err != nil {
		t.doubt(c, diag.As(err))
	}
	if named != "" {
		currency = named
	}
	return amount{value, currency, named != ""}
}

// foreignCurrency is the currency of a document in a foreign one, else "".
func (t *invoiceTable) foreignCurrency(row *sheet.Row) money.Currency {
	cell := t.cell(row, currencyColumn)
	if cell == "" {
		return ""
	}
	currency := money.Currency(cell)
	if !currency.Known() {
		// ParseAmount knows the marks of currencies too.
		_, named, err := sheet.ParseAmount("1 " + cell)
		if err != nil || named == "" {
			t.doubt(currencyColumn, diag.Warn(CodeInvoiceCurrency).WithValue(cell))
			return ""
		}
		currency = named
	}
	if currency == t.home {
		return ""
	}
	return currency
}
