package pack_test

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// TestIDsStay holds the ids of items and packs to a table: POHODA has them, and its
// duplicity check and every ledger know documents by them. A line of the table is
// never changed, and the table is never made anew; new kinds of source or target get
// lines of their own.
func TestIDsStay(t *testing.T) {
	file, err := os.Open("../../../testdata/ledger-ids.tsv")
	require.NoError(t, err)
	defer file.Close()
	lines := 0
	for s := bufio.NewScanner(file); s.Scan(); {
		if strings.HasPrefix(s.Text(), "#") {
			continue
		}
		c := strings.Split(s.Text(), "\t")
		require.Len(t, c, 9, s.Text())
		lines++
		record := &trade.Record{Of: &trade.Document{Head: trade.Head{Kind: trade.Kind(c[2]), Source: trade.Source{System: c[0], Instance: c[1], ID: c[3]}}}}
		revision, err := strconv.Atoi(c[5])
		require.NoError(t, err)
		target := pohoda.Target{Name: c[4]}
		assert.Equal(t, c[6], pack.ItemID(record.Of.Header(), target, revision), s.Text())
		assert.Equal(t, c[7], pack.DeletionID(record.Of.Header(), target, max(revision, 2)), s.Text())
		assert.Equal(t, c[8], pack.ID(record.Document().Source), s.Text())
	}
	assert.Greater(t, lines, 40)
}
