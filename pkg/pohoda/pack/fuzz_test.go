package pack_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
)

// FuzzAnswers: whatever the file, reading ends, twice the same, and only what
// says that it is ok and names a document is taken.
func FuzzAnswers(f *testing.F) {
	for _, c := range answerCases {
		f.Add(responsePack(`id="crm" state="ok"`, answerItem(c.attrs, c.content)))
	}
	f.Add(responsePack(`id="" state="error" note="x"`, ""))
	f.Add(responsePack(`id="x" state="ok"`, answerItem(`state="ok"`, listOfOrders)))
	f.Fuzz(func(t *testing.T, text string) {
		got, again := readAnswers(strings.NewReader(text)), readAnswers(strings.NewReader(text))
		require.Equal(t, got.all, again.all)
		pack.HoldsDocuments(strings.NewReader(text))
		if got.err != nil {
			assert.NotEqual(t, diag.Unexpected, diag.As(got.err).Code, "%v", got.err)
			return
		}
		assert.Equal(t, got.pack.Items, len(got.all)+len(got.told.Of(diag.Warning)))
		for i := range got.all {
			a := &got.all[i]
			assert.Positive(t, a.At.Line)
			outcome := a.Outcome()
			assert.Contains(t, pack.Outcome("").Values(), string(outcome))
			if outcome == pack.Taken || outcome == pack.Altered {
				assert.True(t, a.Done() && a.ID > 0 && len(a.Duplicities) == 0)
			}
			for _, note := range a.Notes() {
				assert.NotEmpty(t, note)
			}
		}
	})
}
