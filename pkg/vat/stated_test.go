package vat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// dec is a decimal by its text, "" for an absent one.
func dec(text string) money.Decimal {
	if text == "" {
		return money.Decimal{}
	}
	return money.MustParse(text)
}

func TestPlusAndMinus(t *testing.T) {
	for _, c := range []struct{ a, b, plus, minus string }{
		{"100", "21", "121", "79"},
		{"0.1", "0.2", "0.3", "-0.1"},
		{"0", "0", "0", "0"},
		{"", "21", "", ""},
		{"100", "", "", ""},
	} {
		assert.Equal(t, dec(c.plus), vat.Plus(dec(c.a), dec(c.b)), "%s + %s", c.a, c.b)
		assert.Equal(t, dec(c.minus), vat.Minus(dec(c.a), dec(c.b)), "%s - %s", c.a, c.b)
	}
	assert.Equal(t, money.Zero, vat.Plus())
	assert.Equal(t, dec("5"), vat.Minus(dec("5")))
}

func TestBalance(t *testing.T) {
	b := vat.NewBalance()
	assert.Equal(t, money.Zero, b.Due())
	b.Add(dec("1000"), dec("200"))
	b.Add(dec("500"), dec("-50"))
	assert.Equal(t, 2, b.Count)
	assert.Equal(t, "1500", b.Total.String())
	assert.Equal(t, "200", b.Open.String())
	assert.Equal(t, "-50", b.Over.String())
	assert.Equal(t, "150", b.Due().String())
	assert.Equal(t, "1350", b.Paid().String())
	b.Add(dec(""), dec("10"))
	assert.False(t, b.Total.IsSet(), "one does not say it")
	assert.False(t, b.Paid().IsSet())
	assert.Equal(t, "160", b.Due().String())
}

// TestCovers: rounding explains a crown or a tenth of a euro of a whole document, and
// a fiftieth of a small one.
func TestCovers(t *testing.T) {
	for _, c := range []struct {
		amount, whole string
		currency      money.Currency
		want          bool
	}{
		{"1210", "1210", "CZK", true},
		{"1300", "1210", "CZK", true},
		{"1209", "1210", "CZK", true},
		{"1208.99", "1210", "CZK", false},
		{"120.9", "121", "EUR", true},
		{"120.89", "121", "EUR", false},
		{"120", "121", "USD", false},
		{"9.80", "10", "CZK", true},
		{"9.79", "10", "CZK", false},
		{"0", "0.01", "CZK", false},
		{"0", "0", "CZK", true},
	} {
		assert.Equal(t, c.want, vat.Covers(dec(c.amount), dec(c.whole), c.currency), "%s of %s %s", c.amount, c.whole, c.currency)
	}
}
