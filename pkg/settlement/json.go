package settlement

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/gopohoda/pohoda/pkg/money"
)

// AppendJSON writes the verdict as encoding/json would do by its tags, but in much
// less time: there may be a million of them.
func (v *OrderPayment) AppendJSON(dst []byte) []byte {
	dst = appendText(dst, `{"order":`, v.Order)
	dst = appendText(dst, `,"state":`, string(v.State))
	dst = appendAmount(dst, `,"total":`, v.Total)
	dst = appendAmount(dst, `,"amountDue":`, v.Due)
	dst = appendText(dst, `,"currency":`, string(v.Currency))
	dst = append(dst, `,"invoices":[`...)
	for i := range v.Invoices {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = v.Invoices[i].appendJSON(dst)
	}
	dst = append(dst, ']')
	dst = appendKnown(dst, `,"amountToReturn":`, v.ToReturn)
	dst = appendSome(dst, `,"reason":`, string(v.Reason))
	dst = appendSome(dst, `,"paidDate":`, v.PaidDate.String())
	return append(dst, '}')
}

func (p *Proof) appendJSON(dst []byte) []byte {
	dst = appendText(dst, `{"number":`, p.Number)
	dst = appendText(dst, `,"date":`, p.Date.String())
	dst = appendAmount(dst, `,"total":`, p.Total)
	dst = appendAmount(dst, `,"amountDue":`, p.Due)
	dst = appendText(dst, `,"file":`, p.File)
	dst = strconv.AppendInt(append(dst, `,"line":`...), int64(p.Line), 10)
	dst = appendSome(dst, `,"digest":`, p.Digest)
	dst = appendSome(dst, `,"settled":`, p.Settled.String())
	dst = appendSome(dst, `,"kind":`, string(p.Kind))
	if p.Cancelled {
		dst = append(dst, `,"cancelled":true`...)
	}
	if p.Shared {
		dst = append(dst, `,"shared":true`...)
	}
	dst = appendSome(dst, `,"doubt":`, string(p.Doubt))
	return append(dst, '}')
}

func appendAmount(dst []byte, key string, d money.Decimal) []byte {
	dst = append(dst, key...)
	if !d.IsSet() {
		return append(dst, "null"...)
	}
	return d.Append(dst)
}

// appendKnown leaves out what is absent.
func appendKnown(dst []byte, key string, d money.Decimal) []byte {
	if !d.IsSet() {
		return dst
	}
	return d.Append(append(dst, key...))
}

// appendSome leaves out what is absent.
func appendSome(dst []byte, key, text string) []byte {
	if text == "" {
		return dst
	}
	return appendText(dst, key, text)
}

func appendText(dst []byte, key, text string) []byte {
	// What is no UTF-8 becomes replacement characters; there is nothing else to say.
	dst, _ = jsontext.AppendQuote(append(dst, key...), text)
	return dst
}
