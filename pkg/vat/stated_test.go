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
	b.Add(dec("1000"), dec("200"), false)
	b.Add(dec("500"), dec("-50"), false)
	b.Add(dec("-100"), dec("-100"), true)
	assert.Equal(t, "1400", b.Total.String())
	assert.Equal(t, "100", b.Open.String(), "what is asked for, less what is given back")
	assert.Equal(t, "-50", b.Over.String())
	assert.Equal(t, "50", b.Due().String())
	b.Add(dec(""), dec("10"), false)
	assert.False(t, b.Total.IsSet(), "one does not say it")
	assert.Equal(t, "60", b.Due().String())
}
