package trade

import "github.com/gopohoda/pohoda/pkg/money"

// PaymentInfo is how and how far a document is paid.
type PaymentInfo struct {
	Method PaymentMethod `json:"method,omitzero"`
	// MethodName is the way of payment as the source or POHODA calls it ("Forma úhrady").
	MethodName     string        `json:"methodName,omitzero"`
	VariableSymbol string        `json:"variableSymbol,omitzero"`
	ConstantSymbol string        `json:"constantSymbol,omitzero"`
	SpecificSymbol string        `json:"specificSymbol,omitzero"`
	Account        BankAccount   `json:"account,omitzero"`
	TermsDays      money.Decimal `json:"termsDays,omitzero"`
	State          PaymentState  `json:"state,omitzero"`
	PaidAmount     money.Decimal `json:"paidAmount,omitzero"`
	// AmountDue is POHODA's "K likvidaci".
	AmountDue money.Decimal `json:"amountDue,omitzero"`
	// AmountToReturn is what of the paid amount is to be paid back.
	AmountToReturn money.Decimal `json:"amountToReturn,omitzero"`
	// AppliedAmount is how much of an advance final invoices have deducted,
	// RetainedAmount what is held back by agreement (POHODA's "Uplatněno" and
	// "Pozastávky").
	AppliedAmount  money.Decimal `json:"appliedAmount,omitzero"`
	RetainedAmount money.Decimal `json:"retainedAmount,omitzero"`
	PaidDate       Date          `json:"paidDate,omitzero"`
}

// PaymentMethod is a way of payment that means the same in every source.
type PaymentMethod string

// Values lists the ways of payment.
func (PaymentMethod) Values() []string {
	return []string{"bank-transfer", "cash", "cash-on-delivery", "card", "online", "advance", "offset", "cheque", "postal", "encashment"}
}

// PaymentState is how far an order or invoice is paid.
type PaymentState string

// The states.
const (
	NotInvoiced PaymentState = "not-invoiced"
	Unpaid      PaymentState = "unpaid"
	PartlyPaid  PaymentState = "partly-paid"
	Paid        PaymentState = "paid"
	Overpaid    PaymentState = "overpaid"
	PayCancel   PaymentState = "cancelled"
	PayUnknown  PaymentState = "unknown"
)

// Values lists the states.
func (PaymentState) Values() []string {
	return []string{string(NotInvoiced), string(Unpaid), string(PartlyPaid), string(Paid), string(Overpaid), string(PayCancel), string(PayUnknown)}
}

// StateOf says how far a document is paid, by its payable total and what is still
// due of it. Nothing due is paid, whatever the total; what is not known is never
// taken for paid, and more due than the total proves nothing. A credit note is the
// mirror of an invoice.
func StateOf(total, due money.Decimal) PaymentState {
	switch {
	case !due.IsSet():
		return PayUnknown
	case due.Sign() == 0:
		return Paid
	case !total.IsSet():
		return PayUnknown
	case total.Sign() < 0:
		total, due = total.Neg(), due.Neg()
	}
	switch {
	case due.Sign() < 0:
		return Overpaid
	case due.Cmp(total) < 0:
		return PartlyPaid
	case due.Cmp(total) > 0:
		return PayUnknown
	}
	return Unpaid
}

// AdvancePayment is an advance that a final invoice deducts.
type AdvancePayment struct {
	Number         string        `json:"number,omitzero"`
	VariableSymbol string        `json:"variableSymbol,omitzero"`
	Date           Date          `json:"date,omitzero"`
	VATRate        money.Decimal `json:"vatRate,omitzero"`
	Amounts
	TaxDocument string `json:"taxDocument,omitzero"`
}

// PaymentRecord is the payment state of one invoice and its order.
type PaymentRecord struct {
	Head
	OrderNumber    string         `json:"orderNumber,omitzero"`
	InvoiceNumber  string         `json:"invoiceNumber,omitzero"`
	VariableSymbol string         `json:"variableSymbol,omitzero"`
	Date           Date           `json:"date,omitzero"`
	PaidDate       Date           `json:"paidDate,omitzero"`
	Amount         money.Decimal  `json:"amount,omitzero"`
	AmountDue      money.Decimal  `json:"amountDue,omitzero"`
	Currency       money.Currency `json:"currency,omitzero"`
	State          PaymentState   `json:"state,omitzero"`
}

// IsPaid tells whether nothing more is to be paid: an overpaid order is paid for
// every filter and mark.
func (s PaymentState) IsPaid() bool { return s == Paid || s == Overpaid }
