package expression

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/money"
)

func TestUnitAndDiscount(t *testing.T) {
	for _, c := range []struct{ name, before, after, quantity, unit, discount string }{
		{"a plain percentage", "13960", "12564", "4", "3490", "10"},
		{"no discount", "2334", "2334", "6", "389", "0"},
		{"a fixed sum that is a percentage", "1000", "983", "1", "1000", "1.7"},
		{"a percentage of two places", "80", "59.99", "1", "80", "25.01"},
		{"a third", "300", "200", "3", "66.666667", "0"},
		{"no percentage gives the line", "100000", "66666.67", "1", "66666.67", "0"},
		{"a unit price of six places", "100", "100", "3", "33.333333", "0"},
		{"a surcharge is in the price", "100", "110", "1", "110", "0"},
		{"a negative line", "-100", "-90", "1", "-100", "10"},
		{"for nothing", "0", "0", "1", "0", "0"},
		{"all of it off", "50", "0", "2", "25", "100"},
		{"free before, paid after", "0", "10", "2", "5", "0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			unit, discount := unitAndDiscount(money.MustParse(c.before), money.MustParse(c.after), money.MustParse(c.quantity))
			assert.Equal(t, []string{c.unit, c.discount}, []string{unit.String(), discount.String()})
		})
	}
}

func TestPlainText(t *testing.T) {
	for source, want := range map[string]string{
		"<p>Dodat do konce března.<br>Volat předem.</p>": "Dodat do konce března.\nVolat předem.",
		"a < b and c > d":                  "a < b and c > d",
		"x<3":                              "x<3",
		"1 &lt; 2 &amp; 3":                 "1 < 2 & 3",
		"<ul><li>a</li><li>b</li></ul>":    "a\nb",
		"a<!-- hidden -->b<!-- open":       "ab",
		"<SCRIPT>alert(1)</ScRiPt>text":    "text",
		"<style>p {}":                      "",
		"<b>bold</b> <a href='x'>link</a>": "bold link",
		"  \n\n lines \n":                  "lines",
		"<p":                               "<p",
		"Rock&notes, AT&T, cable <red>":    "Rock&notes, AT&T, cable <red>",
		"a<br/>b<hr />c</p>d</>e<>f":       "a\nbc\nd</>e<>f",
		"":                                 "",
	} {
		assert.Equal(t, want, PlainText(source), source)
	}
}

// HasMarkup says of every text what PlainText would do to it.
func FuzzHasMarkup(f *testing.F) {
	for _, text := range []string{"a < b", "x<br>y", "&amp;", "&notes", "&#0;", "&#128;", "<!-- x", "</p", "< p>", "<a<b>"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !HasMarkup(text) {
			assert.Equal(t, tidyLines(text), PlainText(text))
		}
	})
}
