package sheet

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/oracle"
)

func TestParseNumber(t *testing.T) {
	tests := map[string]string{
		"": "", " ": "", "0": "0", "007": "7", "-0,00": "0",
		"1234": "1234", "1234,5": "1234.5", "1234.50": "1234.5", "1234,567": "1234.567",
		"0,125": "0.125", "0.125": "0.125", "1234.500": "1234.5", "3490.000000": "3490",
		"1 234,50": "1234.5", "1\u00A0234,50": "1234.5", "1\u202F234\u202F567,5": "1234567.5", "1 234": "1234",
		"1 234.50": "1234.5", "1 234.500": "1234.5",
		"1.234,50": "1234.5", "1.234.567": "1234567", "1.234.567,8": "1234567.8",
		"1'234,50": "1234.5", "1’234.50": "1234.5",
		"1,234": "1.234", "12,3456789": "12.3456789",
		"-5": "-5", "- 5": "-5", "5-": "-5", "5,50 -": "-5.5", "−5,50": "-5.5", "5,50−": "-5.5", "+5": "5",
		"(5,50)": "-5.5", "(1 234,50 Kč)": "-1234.5", "(1 234,50) Kč": "-1234.5", "-1 234,50 Kč": "-1234.5",
		"Kč -5": "-5", "1 234,50- Kč": "-1234.5", "1 234,50 Kč -": "-1234.5",
		"1 490,-": "1490", "1 490,- Kč": "1490", "1490,--": "1490", "1490,–": "1490", "-1 490,-": "-1490",
		"1 234,50 Kč": "1234.5", "1234,50Kč": "1234.5", "39,98 EUR": "39.98", "€ 5": "5", "5€": "5", "CZK 5": "5", "$5.50": "5.5",
		"21 %": "21", "21%": "21", "12,5\u00A0%": "12.5",
	}
	for text, want := range tests {
		got, err := ParseNumber(text)
		if assert.NoError(t, err, text) {
			assert.Equal(t, want, got.String(), text)
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	tests := map[diag.Code][]string{
		CodeNumberAmbiguous: {"1.234", "-1.234", "12.345 Kč", "123.456", "(1.234)"},
		CodeNumberShortened: {"2,026E+09", "4.2077E+11", "1e-5", "-1,5E-07"},
		CodeBadNumber: {
			"1,234.50", "1,234,567", "12 34", "1 2345", "1234 567", "1.23.456", "1.234 567", "1 234.567.890", "1 234'567",
			"1,2,3", "1.234.56", ",5", ".5", "5.", "5,", "1..2", "1  234",
			"-", "Kč", "%", "()", "(-5)", "-(5)", "--5", "-5-", "+-5", "5 Kč EUR", "EUR 5 EUR", "(5 Kč) Kč",
			"abc", "5 ks", "1O0", "0x10", "Infinity", "NaN", "1_000", "٣", "5E", "E5", "1e5", "1E+", "E+5", "12,-5", strings.Repeat("9", 40),
		},
	}
	for code, texts := range tests {
		for _, text := range texts {
			got, err := ParseNumber(text)
			assert.False(t, got.IsSet(), text)
			_ = requireCode(t, code, err)
		}
	}
}

func TestShortened(t *testing.T) {
	for text, want := range map[string]bool{
		"2,026E+09": true, "4.2077E+11": true, " 1E-07 ": true,
		"": false, "12E5": false, "E+5": false, "ABE+1": false, "260100012": false, "OP-26-123E+1": false,
	} {
		assert.Equal(t, want, Shortened(text), text)
	}
}

func requireCode(t *testing.T, code diag.Code, err error) *diag.Issue {
	t.Helper()
	var issue *diag.Issue
	require.True(t, errors.As(err, &issue), "an issue of %s is expected, not %v", code, err)
	require.Equal(t, code, issue.Code, issue.Error())
	return issue
}

func TestParseAmount(t *testing.T) {
	for text, want := range map[string]money.Currency{
		"5": "", "21 %": "", "5 Kč": "CZK", "5 kč": "CZK", "39,98 EUR": "EUR", "€5": "EUR", "usd 5": "USD", "(5 zł)": "PLN", "(5) Ft": "HUF",
	} {
		_, currency, err := ParseAmount(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, currency, text)
	}
}

// notations are ways to write one number, whole part and decimals given.
var notations = []func(sign, whole, fraction string) string{
	func(sign, whole, fraction string) string { return sign + whole + decimals(",", fraction) },
	func(sign, whole, fraction string) string { return sign + group(whole, " ") + decimals(",", fraction) },
	func(sign, whole, fraction string) string {
		return sign + group(whole, "\u00A0") + decimals(",", fraction) + " Kč"
	},
	func(sign, whole, fraction string) string {
		return group(whole, "\u202F") + decimals(",", fraction) + sign
	},
	func(sign, whole, fraction string) string {
		return strings.Replace(sign, "-", "−", 1) + group(whole, "'") + decimals(".", fraction) + " EUR"
	},
	func(sign, whole, fraction string) string {
		text := group(whole, " ") + decimals(",", fraction)
		if sign != "" {
			return "(" + text + ")"
		}
		return text
	},
}

func decimals(separator, fraction string) string {
	if fraction == "" {
		return ""
	}
	return separator + fraction
}

func group(whole, separator string) string {
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + separator + whole[i:]
	}
	return whole
}

// Every notation of a number reads as that number.
func TestEveryNotation(t *testing.T) {
	random := rand.New(rand.NewPCG(oracle.Seed(t, 1), 2))
	for range 2000 {
		n := random.Int64N(1 << random.IntN(40))
		fraction := strconv.Itoa(random.IntN(1000))[:random.IntN(2)]
		want := money.MustParse(strconv.FormatInt(n, 10) + decimals(".", fraction))
		for _, sign := range []string{"", "-"} {
			if sign != "" {
				want = want.Neg()
			}
			for _, notation := range notations {
				text := notation(sign, strconv.FormatInt(n, 10), fraction)
				got, err := ParseNumber(text)
				require.NoError(t, err, text)
				require.True(t, want.Equal(got), "%s: %s, not %s", text, got, want)
			}
		}
	}
}

// What is read is written so that it reads the same.
func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"1 234,50 Kč", "(1'234.50)", "1.234", "1 490,-", "−5 %", "2,026E+09", "1,234.50"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ParseNumber(text)
		if err != nil {
			var issue *diag.Issue
			require.ErrorAs(t, err, &issue)
			require.Equal(t, text, issue.Value)
			return
		}
		again, err := ParseNumber(FormatNumber(n))
		require.NoError(t, err)
		require.True(t, n.Equal(again), "%s and %s", n, again)
	})
}
