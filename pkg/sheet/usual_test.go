package sheet

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The quick ways read what the slow ones read.
func FuzzUsualCells(f *testing.F) {
	for _, seed := range []string{
		"1 234,50", "1\u00A0234\u00A0567,5", "-12", "1234", "0,0", "12 34", "1 234 56", "1,", ",5", "1 ,5", "", "-", "1234 567", "1 2345",
		"1 234\u00A0567", "16.3.2026", "31.2.2026", "0.1.2026", "1.13.2026", "1.1.1899", "16.3.26", "016.3.2026", "1..2026",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n, ok := usualNumber(text); ok {
			want, currency, err := anyAmount(text)
			require.NoError(t, err, text)
			require.True(t, want.Equal(n), text)
			require.Empty(t, currency)
		}
		if day, ok := usualDate(text); ok {
			want, err := anyDate(text)
			require.NoError(t, err, text)
			require.True(t, want.Equal(day), text)
		}
	})
}

func TestUsualCellsAreQuick(t *testing.T) {
	for _, text := range []string{"1 234,50", "19632,00", "-10,00", "0", "1\u00A0234\u00A0567"} {
		_, ok := usualNumber(text)
		assert.True(t, ok, text)
	}
	for _, text := range []string{"16.3.2026", "01.12.2026"} {
		_, ok := usualDate(text)
		assert.True(t, ok, text)
	}
}
