package sheet

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type tableRow struct {
	Name Cell `csv:"name"`
	Sum  Cell `csv:"sum"`
}

// A table of structs is what Writer makes of the same cells, over the seams of
// batches too.
func TestTableWritesAsWriterDoes(t *testing.T) {
	number, err := ParseNumber("-1,50")
	require.NoError(t, err)
	for _, count := range []int{0, 1, tableBatch - 1, tableBatch, tableBatch + 1, 3 * tableBatch} {
		var plain, typed bytes.Buffer
		writer, table := NewWriter(&plain), NewTable[tableRow](&typed)
		require.NoError(t, writer.Write(Text("name"), Text("sum")))
		for n := range count {
			text := []string{"=1+1", `Monitor 24"`, "a;b\r\nc", "", " x "}[n%5]
			require.NoError(t, writer.Write(Text(text), Number(number)))
			require.NoError(t, table.Write(tableRow{Text(text), Number(number)}))
		}
		require.NoError(t, writer.Flush())
		require.NoError(t, table.Flush())
		assert.Equal(t, plain.String(), typed.String(), count)
	}
}
