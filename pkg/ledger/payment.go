package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Payment is how far an order is paid, with what proves it.
type Payment struct {
	// Order is the number of the order as the verdict names it.
	Order string `json:"order"`
	// Record is the number of the order's record, 0 when it is not in the ledger.
	Record int64              `json:"-"`
	State  trade.PaymentState `json:"state"`
	// Total and Due are in Currency; absent is unknown.
	Total    money.Decimal  `json:"total,omitzero"`
	Due      money.Decimal  `json:"amountDue,omitzero"`
	Currency money.Currency `json:"currency,omitzero"`
	Invoices []Proof        `json:"invoices,omitempty"`
	// Changed is when it changed last.
	Changed time.Time `json:"changed,omitzero"`
}

// Proof is an invoice that proves a payment, and where it was read.
type Proof struct {
	Number   string        `json:"number"`
	Date     trade.Date    `json:"date,omitzero"`
	Settled  trade.Date    `json:"settled,omitzero"`
	Total    money.Decimal `json:"total,omitzero"`
	Due      money.Decimal `json:"amountDue,omitzero"`
	File     string        `json:"file,omitzero"`
	FileHash string        `json:"digest,omitzero"`
	Line     int           `json:"line,omitzero"`
}

// UnmarshalJSON reads what was written down; amounts are exact.
func (p *Payment) UnmarshalJSON(b []byte) error {
	type plain Payment
	s := struct {
		*plain
		Total json.Number `json:"total"`
		Due   json.Number `json:"amountDue"`
	}{plain: (*plain)(p)}
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	return amounts(&p.Total, s.Total, &p.Due, s.Due)
}

// UnmarshalJSON reads what was written down; amounts are exact.
func (p *Proof) UnmarshalJSON(b []byte) error {
	type plain Proof
	s := struct {
		*plain
		Date    string      `json:"date"`
		Settled string      `json:"settled"`
		Total   json.Number `json:"total"`
		Due     json.Number `json:"amountDue"`
	}{plain: (*plain)(p)}
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	return errors.Join(amounts(&p.Total, s.Total, &p.Due, s.Due), day(&p.Date, s.Date), day(&p.Settled, s.Settled))
}

func amounts(total *money.Decimal, totalText json.Number, due *money.Decimal, dueText json.Number) (err error) {
	if *total, err = textDecimal(string(totalText)); err != nil {
		return err
	}
	*due, err = textDecimal(string(dueText))
	return err
}

func day(d *trade.Date, text string) (err error) {
	if text != "" {
		*d, err = trade.ParseDate(text)
	}
	return err
}

// Same tells whether another payment says the same: the same state and amounts
// by the same invoices, in whatever file they stand.
func (p *Payment) Same(o *Payment) bool {
	return p.State == o.State && p.Currency == o.Currency && p.Total.Equal(o.Total) && p.Due.Equal(o.Due) &&
		slices.EqualFunc(p.Invoices, o.Invoices, func(a, b Proof) bool {
			return a.Number == b.Number && a.Date == b.Date && a.Settled == b.Settled && a.Total.Equal(b.Total) && a.Due.Equal(b.Due)
		})
}

// IsNews tells whether a payment says something else than the one that is known of
// its order. A list that does not tell (unknown), or lacks the invoices
// (not-invoiced), takes no other state back.
func (p *Payment) IsNews(known *Payment) bool {
	unproven := p.State == trade.PayUnknown || p.State == trade.NotInvoiced
	return (p.State == known.State || !unproven) && !p.Same(known)
}

// Payments finds what is known of the payment of orders, by their numbers.
func (l *Ledger) Payments(ctx context.Context, orders []string) (map[string]Payment, error) {
	var known map[string]Payment
	err := l.retry(ctx, func() (err error) {
		known, err = l.payments(ctx, l.read, orders)
		return err
	})
	return known, err
}

// Pay writes down how far orders are paid, and gives those of which that is news
// (IsNews). The same payments twice change nothing.
func (l *Ledger) Pay(ctx context.Context, payments []Payment) (news []Payment, err error) {
	err = l.write(ctx, "pay", func(c *change) error {
		news = nil
		orders := make([]string, len(payments))
		for n := range payments {
			orders[n] = payments[n].Order
		}
		known, err := l.payments(c.ctx, c.read, orders)
		if err != nil {
			return err
		}
		for _, p := range payments {
			isNews, err := c.takePayment(p, known)
			if err != nil {
				return err
			}
			if isNews {
				news = append(news, known[p.Order])
			}
		}
		return nil
	})
	return news, err
}

// takePayment writes a payment that is news, and tells whether it is. Of one that
// is none only the record is written, where it is found only now.
func (c *change) takePayment(p Payment, known map[string]Payment) (isNews bool, err error) {
	was, ok := known[p.Order]
	isNews = !ok || p.IsNews(&was)
	record := cmp.Or(p.Record, was.Record)
	if !isNews {
		p = was
	}
	if !isNews && record == was.Record {
		return false, nil
	}
	p.Record, p.Changed = record, parseStamp(c.at)
	known[p.Order] = p
	return isNews, c.pay(&p)
}

// pay writes one payment.
func (c *change) pay(p *Payment) error {
	proofs, err := json.Marshal(p.Invoices)
	if err != nil {
		return err
	}
	if _, err := c.exec("payments", `INSERT INTO payments (unit, order_number, record, state, total, due, currency, invoices, changed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (unit, order_number) DO UPDATE SET record = excluded.record, state = excluded.state, total = excluded.total,
		due = excluded.due, currency = excluded.currency, invoices = excluded.invoices, changed = excluded.changed`,
		c.ledger.unit, p.Order, p.Record, string(p.State), decimalText(p.Total), decimalText(p.Due), string(p.Currency), string(proofs), c.at); err != nil {
		return err
	}
	if p.Record > 0 {
		if _, err := c.exec("records.update", `UPDATE records SET payment = $1, changed = $2 WHERE unit = $3 AND id = $4`,
			string(p.State), c.at, c.ledger.unit, p.Record); err != nil {
			return err
		}
	}
	return c.event(EventPayment, p.Record, 0, "", "", &Details{Payment: p})
}

const paymentColumns = `p.order_number, p.record, p.state, p.total, p.due, p.currency, p.invoices, p.changed`

func scanPayment(rows *sql.Rows, p *Payment) error {
	var total, due, proofs, changed string
	if err := rows.Scan(&p.Order, &p.Record, &p.State, &total, &due, &p.Currency, &proofs, &changed); err != nil {
		return err
	}
	p.Changed = parseStamp(changed)
	return damaged(errors.Join(amounts(&p.Total, json.Number(total), &p.Due, json.Number(due)), json.Unmarshal([]byte(proofs), &p.Invoices)))
}

// payments finds payments by orders, many with one question.
func (l *Ledger) payments(ctx context.Context, read reader, orders []string) (map[string]Payment, error) {
	known := make(map[string]Payment, len(orders))
	for some := range slices.Chunk(orders, lookupIDs) {
		if err := l.ask(ctx, read, paymentsText, []any{l.unit}, some, func(rows *sql.Rows) error {
			var p Payment
			err := scanPayment(rows, &p)
			known[p.Order] = p
			return err
		}); err != nil {
			return nil, err
		}
	}
	return known, nil
}

const paymentsText = `SELECT ` + paymentColumns + ` FROM payments p WHERE p.unit = $1 AND p.order_number IN `

func decimalText(d money.Decimal) string {
	if !d.IsSet() {
		return ""
	}
	return d.String()
}

func textDecimal(s string) (money.Decimal, error) {
	if s == "" {
		return money.Decimal{}, nil
	}
	return money.Parse(s)
}
