package pohoda

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// The rules of an invoice's head, by the rows that name them.

// invoiceTypes are POHODA's kinds of invoice (invoice.xsd, invoiceTypeType).
// Corrective tax documents, penalties and commitments are the kinds of the model
// that they are nearest to.
var invoiceTypes = map[string]struct {
	kind      trade.Kind
	direction trade.Direction
}{
	"issuedInvoice":           {trade.Invoice, trade.Issued},
	"issuedAdvanceInvoice":    {trade.Advance, trade.Issued},
	"issuedProformaInvoice":   {trade.Proforma, trade.Issued},
	"issuedCreditNotice":      {trade.CreditNote, trade.Issued},
	"issuedCorrectiveTax":     {trade.CreditNote, trade.Issued},
	"issuedDebitNote":         {trade.DebitNote, trade.Issued},
	"receivable":              {trade.Receivable, trade.Issued},
	"penalty":                 {trade.Receivable, trade.Issued},
	"receivedInvoice":         {trade.Invoice, trade.Received},
	"receivedAdvanceInvoice":  {trade.Advance, trade.Received},
	"receivedProformaInvoice": {trade.Proforma, trade.Received},
	"receivedCreditNotice":    {trade.CreditNote, trade.Received},
	"receivedCorrectiveTax":   {trade.CreditNote, trade.Received},
	"receivedDebitNote":       {trade.DebitNote, trade.Received},
	"commitment":              {trade.Receivable, trade.Received},
}

func readInvoiceType(o *documentOf, s string) *diag.Issue {
	found, ok := invoiceTypes[strings.TrimSpace(s)]
	if !ok {
		return fieldtable.Unreadable(s)
	}
	o.doc.Kind, o.doc.Direction = found.kind, found.direction
	return nil
}

// readInvoiceStorno reads the mark of a cancelled document, and of the one that
// cancels it: neither of them is to be paid.
func readInvoiceStorno(o *documentOf, s string) *diag.Issue {
	switch strings.TrimSpace(s) {
	case "cancelledDocument", "cancelDocument":
		o.doc.Pohoda.Cancelled = trade.Yes
	case "":
	default:
		return fieldtable.Unreadable(s)
	}
	return nil
}

func readInvoiceNumber(o *documentOf, s string) *diag.Issue {
	o.doc.Number = fieldtable.OneLine(s)
	o.doc.Pohoda.Number = o.doc.Number
	return nil
}

// corrected adds the document that this one corrects.
func corrected(o *documentOf) *trade.Reference {
	ref := more(&o.headLinks)
	ref.Kind = trade.CorrectedInvoice
	return ref
}

func readOriginal(o *documentOf, s string) *diag.Issue {
	if number := fieldtable.OneLine(s); number != "" {
		corrected(o).Number = number
	}
	return nil
}

// behind adds the order from which an invoice was made.
func behind(o *documentOf) *trade.Reference {
	ref := more(&o.headLinks)
	ref.Kind = OrderReferenceKind
	return ref
}

func readNumberOrder(o *documentOf, s string) *diag.Issue {
	o.numberOrder = fieldtable.OneLine(s)
	return nil
}

// liquidation is how far an invoice is settled, as POHODA says it (type.xsd,
// liquidationType), and what is read beside the record.
type liquidation struct {
	// home and foreign are what is still to be paid ("K likvidaci").
	home, foreign money.Decimal
	// levels are the VAT levels of the deductions.
	levels []vat.Level
	// retentions are what is held back.
	retentions []retention
}

var invoiceLiquidation = documentRows{
	date("inv:liquidation/typ:date", "Likv", "payment.paidDate", func(o *documentOf) *trade.Date { return &o.doc.Payment.PaidDate }).
		Only(fieldtable.ReadOnly).WithNote("the day of the last payment"),
	stillDue("inv:liquidation/typ:amountHome", "K likvidaci", func(l *liquidation) *money.Decimal { return &l.home }),
	stillDue("inv:liquidation/typ:amountForeign", "CM k likvidaci", func(l *liquidation) *money.Decimal { return &l.foreign }),
}

// stillDue is what is still to be paid, in one of the currencies.
func stillDue(path, label string, place func(*liquidation) *money.Decimal) fieldtable.Row[*documentOf] {
	return fieldtable.Rule(path, label, "payment.amountDue", nil,
		fieldtable.Into(fieldtable.Decimal, func(o *documentOf) *money.Decimal { return place(&o.liquidation) })).WithNote("a day of payment without an amount is a settled invoice")
}

// settle says how far an invoice is paid. Read off a real export (reference
// INPUTS 0.4): unpaid has an amount and no day, partly paid both, paid a day
// alone, in older exports with the amount 0. Without either nothing is known. The
// amount in the home currency says nothing of a document in another one, unless
// neither is left.
func (o *documentOf) settle() {
	o.finishAdvances()
	doc, pay := o.doc, &o.doc.Payment
	deduct(doc)
	pay.AmountDue = o.liquidation.home
	if o.foreign {
		pay.AmountDue = o.liquidation.foreign
	}
	if !pay.AmountDue.IsSet() && !pay.PaidDate.IsZero() && o.liquidation.home.Sign() == 0 {
		pay.AmountDue = money.Zero
	}
	pay.RetainedAmount = o.held()
	payable := doc.Totals.Payable.Or(doc.Totals.Gross)
	pay.State = trade.StateOf(payable, pay.AmountDue)
	if doc.Pohoda.Cancelled.IsYes() {
		pay.State = trade.PayCancel
		return
	}
	pay.PaidAmount = vat.Minus(payable, pay.AmountDue)
}

// deduct takes the advances off what is to be paid; the sums of an invoice do not
// show them (reference FORMAT, section 12). Of deductions with a rate that is not proven:
// where the lines say that the sums are free of advances already, nothing is taken off.
func deduct(doc *trade.Document) {
	totals := &doc.Totals
	if len(doc.Advances) == 0 || !totals.Gross.IsSet() {
		return
	}
	totals.Payable = totals.Payable.Or(totals.Gross)
	sold, deducted := money.Zero, money.Zero
	for i := range doc.Lines {
		line := &doc.Lines[i].Totals
		sold = vat.Plus(sold, line.Gross.Or(vat.Plus(line.Net, line.VAT)))
	}
	for i := range doc.Advances {
		deducted = vat.Plus(deducted, doc.Advances[i].Gross.Or(money.Zero))
	}
	rest := vat.Minus(sold, deducted)
	if deducted.Sign() != 0 && differsLess(totals.Gross, rest, sold) {
		return
	}
	totals.Payable = vat.Minus(totals.Payable, deducted)
}

// differsLess tells whether a sum is nearer to one than to another.
func differsLess(sum, one, other money.Decimal) bool {
	return one.IsSet() && other.IsSet() && sum.Sub(one).Abs().Cmp(sum.Sub(other).Abs()) < 0
}
