package paid

import (
	"bytes"
	"encoding/json"
	"errors"
	"hash/maphash"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of marking.
var (
	CodeNotMarkable   = diag.Refused.Code("mark-not-canonical")
	CodeOrdersChanged = diag.Refused.Code("mark-orders-changed")
	CodeMarkCurrency  = diag.Note.Code("mark-currency-differs", "invoices")
)

// marker fills the payment into the records of a file and leaves all else as it
// stands, byte for byte.
type marker struct {
	orders *orderList
	// next gives the verdicts on records of the file, in their order; verdict is
	// the one that waits for its record, nil after the last.
	next    func() (*settlement.OrderPayment, bool)
	verdict *settlement.OrderPayment
}

// mark is what becomes of the payment of a record.
type mark struct {
	state trade.PaymentState
	// paid, due and toReturn are absent where they are not known.
	paid, due, toReturn money.Decimal
	paidDate            trade.Date
	otherwise           *diag.Issue
}

// marks tells whether a verdict marks a record: an unknown state marks nothing.
func marks(v *settlement.OrderPayment) bool {
	return v.Known != nil && v.Known.Record >= 0 && v.State != trade.PayUnknown
}

// mark gives the mark of a record, as long as records are asked for in their order.
func (m *marker) mark(record int32) (k mark, marked bool) {
	for m.verdict != nil && m.verdict.Known.Record == record {
		k, marked = markOf(m.verdict), true
		m.verdict, _ = m.next()
	}
	return k, marked
}

func markOf(v *settlement.OrderPayment) mark {
	k := mark{state: v.State, paid: v.Paid, due: v.Due, toReturn: v.ToReturn, paidDate: v.PaidDate}
	if v.Due.IsSet() && v.Known.Currency != "" && v.Known.Currency != v.Currency {
		k.paid, k.due, k.toReturn = money.Decimal{}, money.Decimal{}, money.Decimal{}
		k.otherwise = diag.Notice(CodeMarkCurrency, "invoices", string(v.Currency)).
			WithPath("payment.amountDue").WithValue(string(v.Known.Currency)).WithRecord("order " + v.Order)
	}
	return k
}

// markFile writes the records of the orders with their payment to a file, and
// tells how many have changed. The file may be that of the orders. verdicts are
// those on its records, in the order of the records.
func (l *orderList) markFile(verdicts iter.Seq[*settlement.OrderPayment], target string, force bool, tell func(*diag.Issue)) (changed int, err error) {
	next, stop := iter.Pull(verdicts)
	defer stop()
	m := &marker{orders: l, next: next}
	m.verdict, _ = next()
	in, err := os.Open(m.orders.from)
	if err != nil {
		return 0, flow.ReadError(m.orders.from, err)
	}
	out := outfile.NewSpool(target)
	defer out.Discard()
	changed, err = m.rewrite(in, out, tell)
	// Some systems do not replace a file that is open.
	err = errors.Join(err, in.Close())
	switch syntax := (*jsontext.SyntacticError)(nil); {
	case errors.As(err, &syntax):
		return 0, diag.New(CodeNotMarkable).WithValue(m.orders.from)
	case err != nil:
		return 0, flow.ReadError(m.orders.from, err)
	}
	force = force || outfile.SameFile(m.orders.from, target) || sameRecords(m.orders.from, target)
	return changed, out.PlaceAs(target, force)
}

// rewrite copies a file of JSON and puts the payment into its records.
func (m *marker) rewrite(in *os.File, out io.Writer, tell func(*diag.Issue)) (changed int, err error) {
	n, copied := 0, int64(0)
	err = eachRecord(in, func(record []byte, from int64) error {
		if n >= len(m.orders.raws) || m.orders.raws[n] != maphash.Bytes(m.orders.seed, record) {
			return diag.New(CodeOrdersChanged).WithValue(m.orders.from)
		}
		k, marked := m.mark(int32(n))
		n++
		if !marked {
			return nil
		}
		text, err := k.fill(record)
		if err != nil || bytes.Equal(text, record) {
			return err
		}
		changed++
		if k.otherwise != nil {
			tell(k.otherwise)
		}
		if _, err := io.Copy(out, io.NewSectionReader(in, copied, from-copied)); err != nil {
			return err
		}
		copied = from + int64(len(record))
		_, err = out.Write(text)
		return err
	})
	if err == nil && n != len(m.orders.raws) {
		err = diag.New(CodeOrdersChanged).WithValue(m.orders.from)
	}
	if err == nil {
		_, err = io.Copy(out, io.NewSectionReader(in, copied, 1<<62))
	}
	return changed, err
}

// fill gives the record with its payment. Amounts that the evidence does not say are
// taken out: they would be those of another state.
func (k *mark) fill(record []byte) ([]byte, error) {
	members, _, err := flow.JSONMembers(record)
	if err != nil {
		return nil, err
	}
	var payment, colon []byte
	for _, m := range members {
		colon = record[m.NameEnd:m.ValueFrom]
		if value := record[m.ValueFrom:m.Until]; m.Name == "payment" && value[0] == '{' {
			payment = value
		}
	}
	switch {
	case payment == nil:
		payment = slices.Concat([]byte(`{"state"`), colon, []byte(`"`+k.state+`"}`))
	case k.state == trade.NotInvoiced && hasState(payment):
		// A list that lacks the invoice takes nothing back.
		return record, nil
	}
	if payment, err = k.fillPayment(payment); err != nil {
		return nil, err
	}
	return setMember(record, "payment", payment)
}

// fillPayment sets the members of a payment.
func (k *mark) fillPayment(payment []byte) (_ []byte, err error) {
	set := func(name string, value []byte) {
		if err == nil {
			payment, err = setMember(payment, name, value)
		}
	}
	set("state", []byte(`"`+string(k.state)+`"`))
	if k.state == trade.NotInvoiced {
		return payment, err // and nothing else is known
	}
	set("amountDue", amountText(k.due))
	set("paidAmount", amountText(k.paid))
	set("amountToReturn", amountText(k.toReturn))
	switch {
	case !k.state.IsPaid():
		set("paidDate", nil)
	case !k.paidDate.IsZero():
		set("paidDate", []byte(`"`+k.paidDate.String()+`"`))
	}
	return payment, err
}

// amountText is an amount as JSON has it, nil for an absent one.
func amountText(amount money.Decimal) []byte {
	if !amount.IsSet() {
		return nil
	}
	return amount.Append(nil)
}

func hasState(payment []byte) bool {
	var p struct {
		State *string `json:"state"`
	}
	return json.Unmarshal(payment, &p) == nil && p.State != nil
}
