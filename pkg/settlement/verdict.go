// Package settlement finds out how far orders are paid, from the evidence of
// invoices. What the evidence does not prove stays unknown (reference OPERATION,
// section 2.5; ADDENDA-3).
package settlement

import (
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// OrderPayment says how far an order is paid, by all its invoices. Its JSON is a line
// of the command paid.
type OrderPayment struct {
	// Order is the order's name: its number, or what the invoices call it where
	// no orders are known.
	Order string             `json:"order"`
	State trade.PaymentState `json:"state"`
	// Total is what the invoices in force come to, Due what is to be paid of it. They
	// are absent where an invoice does not say it, where currencies differ, where they
	// depend on whether a total is before or after the deduction of an advance, and
	// where an invoice is that of several orders.
	Total    money.Decimal  `json:"total"`
	Due      money.Decimal  `json:"amountDue"`
	Currency money.Currency `json:"currency"`
	// Invoices are those that the verdict rests on, the cancelled ones with them.
	Invoices []Proof `json:"invoices"`
	// ToReturn is what is to be paid back; absent where there is nothing. Paid is what
	// was paid, absent where the files do not prove it; marks give it.
	ToReturn money.Decimal `json:"amountToReturn,omitzero"`
	Paid     money.Decimal `json:"-"`
	// Reason is why the state is unknown, or why it is less than the invoices
	// seem to say; it is the code of an issue.
	Reason diag.Code `json:"reason,omitzero"`
	// PaidDate is the day of the last settlement, only where the order is paid
	// and every invoice says its day.
	PaidDate trade.Date `json:"paidDate,omitzero"`
	// Known is the order itself, nil where no orders are known.
	Known *KnownOrder `json:"-"`
	// order is what the order comes to, less what was credited.
	order money.Decimal
}

// Proof is an invoice that a verdict rests on.
type Proof struct {
	// Number is "" where the file has no column for it.
	Number string `json:"number"`
	// Date is the day of issue, never that of payment.
	Date  trade.Date    `json:"date"`
	Total money.Decimal `json:"total"`
	Due   money.Decimal `json:"amountDue"`
	// File and Line are its place; of several equal ones the first by name.
	File string `json:"file"`
	Line int    `json:"line"`
	// Digest is that of the whole file (SHA-256, hex).
	Digest string `json:"digest,omitzero"`
	// Settled is the day of settlement, where the file has one.
	Settled trade.Date `json:"settled,omitzero"`
	// Kind is "" where nothing says it.
	Kind      EvidenceKind `json:"kind,omitzero"`
	Cancelled bool         `json:"cancelled,omitzero"`
	// Shared says that it is an invoice of several orders.
	Shared bool `json:"shared,omitzero"`
	// Currency is that of the amounts; the verdict says it once for all.
	Currency money.Currency `json:"-"`
	// Doubt is why the invoice proves nothing: doubts of its rows, or rows that
	// contradict each other.
	Doubt diag.Code `json:"doubt,omitzero"`
	more  *moreAmounts
}

// KnownOrder is an order of the CRM, the ledger or POHODA. What is not known of
// it is empty.
type KnownOrder struct {
	// Number is the number that we sent as POHODA's numberOrder, Code the deal's
	// own code; mostly they are the same.
	Number, Code string
	// PohodaNumber and PohodaID are POHODA's own number and record of the order.
	PohodaNumber string
	PohodaID     int64
	// Slips are the numbers of the issue slips that POHODA made of it.
	Slips []string
	// System and ID are the record in its own system, which POHODA keeps as extId;
	// behind a colon the system has its instance.
	System, ID string
	// Total is what the order comes to, as it is computed for POHODA; absent is
	// unknown. It tells a part from the whole.
	Total    money.Decimal
	Currency money.Currency
	// Record is the record's place in its file, counted from 0; -1 is none.
	Record int32
	// Entry is the number of the order's record in the ledger; 0 is none.
	Entry int64
}

// Name is how people call the order.
func (k *KnownOrder) Name() string {
	for _, name := range []string{k.Number, k.Code, k.PohodaNumber} {
		if name != "" {
			return name
		}
	}
	return k.ID
}

// The reasons of verdicts; each is told as a warning on its order.
var (
	CodeDueMissing      = diag.Warning.Code("payment-due-missing", "due", "invoiced", "order")
	CodeRestUnclear     = diag.Warning.Code("payment-rest-unclear", "due", "invoiced", "order")
	CodeSignUnclear     = diag.Warning.Code("payment-sign-unclear", "due", "invoiced", "order")
	CodeCurrenciesMixed = diag.Warning.Code("payment-currencies-mixed", "due", "invoiced", "order")
	CodeDoubtful        = diag.Warning.Code("payment-doubtful", "due", "invoiced", "order")
	CodeContradicted    = diag.Warning.Code("payment-contradicted", "due", "invoiced", "order")
	CodeNothingDue      = diag.Warning.Code("payment-nothing-due", "due", "invoiced", "order")
	CodeCreditsOnly     = diag.Warning.Code("payment-credits-only", "due", "invoiced", "order")
	CodeAdvanceOnly     = diag.Warning.Code("payment-advance-only", "due", "invoiced", "order")
	CodePossibleOnly    = diag.Warning.Code("payment-possible", "due", "invoiced", "order")
	// What is proven of an order that is not known to be paid whole, or is paid but
	// for what is held back.
	CodeDueAbove         = diag.Warning.Code("payment-due-above-total", "due", "invoiced", "order")
	CodeOrderUnknown     = diag.Warning.Code("payment-order-unknown", "due", "invoiced", "order")
	CodePartlyInvoiced   = diag.Warning.Code("payment-partly-invoiced", "due", "invoiced", "order")
	CodeDeductionUnclear = diag.Warning.Code("payment-deduction-unclear", "due", "invoiced", "order")
	CodeSharedUnclear    = diag.Warning.Code("payment-shared-unclear", "due", "invoiced", "order")
	CodeAdvanceOpen      = diag.Warning.Code("payment-advance-open", "due", "invoiced", "order")
	CodeRetained         = diag.Note.Code("payment-retained", "due", "invoiced", "order")
	CodeRetentionUnclear = diag.Warning.Code("payment-retention-unclear", "due", "invoiced", "order")
)
