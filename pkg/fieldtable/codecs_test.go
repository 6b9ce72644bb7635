package fieldtable_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
)

func TestTexts(t *testing.T) {
	for given, want := range map[string]struct{ text, memo string }{
		"":                        {"", ""},
		" \t\r\n":                 {"", ""},
		" a  b ":                  {"a  b", "a  b"},
		"a\r\n b\tc\n":            {"a b c", "a\n b\tc"},
		"first\n\nsecond":         {"first second", "first\n\nsecond"},
		"\u00a0no-break\u00a0end": {"no-break\u00a0end", "no-break\u00a0end"},
	} {
		text, hasText := fieldtable.Text.Format(given)
		memo, hasMemo := fieldtable.Memo.Format(given)
		assert.Equal(t, want.text, text, "%q", given)
		assert.Equal(t, want.memo, memo, "%q", given)
		assert.Equal(t, want.text != "", hasText)
		assert.Equal(t, want.memo != "", hasMemo)
	}
}

func TestAbsentIsNotZero(t *testing.T) {
	_, given := fieldtable.Decimal.Format(money.Decimal{})
	assert.False(t, given)
	text, given := fieldtable.Decimal.Format(money.Zero)
	assert.True(t, given)
	assert.Equal(t, "0", text)

	d, issue := fieldtable.Decimal.Parse(" ")
	assert.Nil(t, issue)
	assert.False(t, d.IsSet())
}

func TestWords(t *testing.T) {
	words := fieldtable.Words(map[kind]string{"goods": "zboží", "service": "služba"})
	for their, own := range map[string]kind{"zboží": "goods", " služba ": "service", "": ""} {
		got, issue := words.Parse(their)
		assert.Nil(t, issue)
		assert.Equal(t, own, got)
	}
	_, issue := words.Parse("goods")
	assert.Equal(t, fieldtable.CodeUnreadable, issue.Code)
}
