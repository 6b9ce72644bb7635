package sheet

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

func TestParseDate(t *testing.T) {
	const day = "2026-03-16T00:00:00Z"
	for text, want := range map[string]string{
		"16.3.2026": day, "16.03.2026": day, "16. 3. 2026": day, "16.\u00A03.\u00A02026": day, " 16. 03.2026 ": day, "2026-03-16": day,
		"16/3/2026": day, "3/16/2026": day, "03/03/2026": "2026-03-03T00:00:00Z",
		"1.2.2026": "2026-02-01T00:00:00Z", "29.2.2028": "2028-02-29T00:00:00Z",
		"16.3.2026 0:00:00": day, "16.3.2026 14:02": "2026-03-16T14:02:00Z", "16. 3. 2026 14:02:59": "2026-03-16T14:02:59Z",
		"2026-03-16 14:02": "2026-03-16T14:02:00Z", "2026-03-16 14:02:00": "2026-03-16T14:02:00Z",
		"2026-03-16T14:02:00": "2026-03-16T14:02:00Z", "2026-03-16T13:02:00.000Z": "2026-03-16T13:02:00Z",
		"2026-03-16T23:30:00+01:00": "2026-03-16T23:30:00+01:00", "2026-03-16T23:30:00+0100": "2026-03-16T23:30:00+01:00",
	} {
		got, err := ParseDate(text)
		if assert.NoError(t, err, text) {
			assert.Equal(t, want, got.Format(time.RFC3339), text)
		}
	}
	absent, err := ParseDate(" ")
	require.NoError(t, err)
	assert.True(t, absent.IsZero())
}

func TestParseDateRefuses(t *testing.T) {
	for code, texts := range map[diag.Code][]string{
		CodeDateAmbiguous: {"08/01/2026", "1/8/2026"},
		CodeBadDate: {
			"16.3.26", "16.3.", "31.2.2026", "29.2.2026", "0.1.2026", "1.13.2026", "2026-13-01", "20260316", "46097", "16.3.2026 25:00",
			"16-03-2026", "16/13/2026", "31/2/2026", "1/8/26", "16 3 2026", "březen 2026", "1.1.0001", "0000-00-00", "2026-03-16x", "16.3.2026x",
		},
	} {
		for _, text := range texts {
			_, err := ParseDate(text)
			_ = requireCode(t, code, err)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"16.3.2026", "16. 3. 2026 14:02", "2026-03-16T13:02:00.000Z", "08/01/2026"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := ParseDate(text)
		if err != nil || day.IsZero() {
			return
		}
		for _, layout := range []string{"2.1.2006", "02.01.2006", "2. 1. 2006", "2.1.2006 15:04", time.DateOnly, time.RFC3339} {
			again, err := ParseDate(day.Format(layout))
			require.NoError(t, err)
			require.Equal(t, day.Format(time.DateOnly), again.Format(time.DateOnly))
		}
	})
}

func TestParseBool(t *testing.T) {
	for want, texts := range map[bool][]string{
		true:  {"Ano", "ANO", "Áno", "A", "yes", "true", "PRAVDA", "1", "platí", "x", " ano "},
		false: {"Ne", "Nie", "N", "no", "FALSE", "0"},
	} {
		for _, text := range texts {
			got, err := ParseBool(text)
			if assert.NoError(t, err, text) {
				assert.Equal(t, want, got, text)
			}
		}
	}
	for _, text := range []string{"", "možná", "2", "Nezaplaceno", "ano ne"} {
		_, err := ParseBool(text)
		_ = requireCode(t, CodeBadYesNo, err)
	}
}

func TestFold(t *testing.T) {
	for folded, names := range map[string][]string{
		"cislo obj":      {"Číslo obj.", "CISLO OBJ", "číslo\u00A0 obj", "Číslo\nobj.", "C\u030Císlo obj."},
		"jedn cena":      {"Jedn. cena", "jedn cena", "Jedn.cena"},
		"m j":            {"M.j.", "m. j."},
		"obj c":          {"Obj.č.", "Obj. č."},
		"k likvidaci":    {"K likvidaci", " K LIKVIDACI"},
		"ic dph":         {"IČ DPH", "\uFEFFič dph"},
		"sleva %":        {"Sleva %"},
		"[order_number]": {"[ORDER_NUMBER]"},
		"":               {"", " . "},
	} {
		for _, name := range names {
			assert.Equal(t, folded, Fold(name), name)
			assert.Equal(t, folded, Fold(folded))
		}
	}
}
