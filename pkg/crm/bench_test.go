package crm

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// BenchmarkDecode measures one deal of three lines from its bytes to the model.
func BenchmarkDecode(b *testing.B) {
	text, err := os.ReadFile("testdata/canonical/deal_123.json")
	require.NoError(b, err)
	var compact bytes.Buffer
	require.NoError(b, json.Compact(&compact, text))
	in := openJSON(bytes.NewReader(nil), "deals.ndjson", true, &foreign{}, false)
	raw := canonical.Raw{At: diag.Position{File: "deals.ndjson", Line: 1, Column: 1}, Bytes: compact.Bytes()}
	require.Empty(b, in.Decode(raw)[0].Issues)
	b.SetBytes(int64(len(raw.Bytes)))
	b.ReportAllocs()
	for b.Loop() {
		in.Decode(raw)
	}
}

// BenchmarkSplit measures cutting a stream into records, lines and array alike.
func BenchmarkSplit(b *testing.B) {
	text, err := os.ReadFile("testdata/canonical/deal_123.json")
	require.NoError(b, err)
	var compact bytes.Buffer
	require.NoError(b, json.Compact(&compact, text))
	const records = 1000
	lines := bytes.Repeat(append(compact.Bytes(), '\n'), records)
	array := "[" + string(bytes.Join(bytes.SplitN(lines, []byte("\n"), records), []byte(","))) + "]"
	for name, stream := range map[string]string{"lines": string(lines), "array": array} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(stream)))
			for b.Loop() {
				s := canonical.NewSplitter(bytes.NewReader([]byte(stream)), "", false)
				n := 0
				for _, err := s.Next(); err == nil; _, err = s.Next() {
					n++
				}
				require.Equal(b, records, n)
			}
		})
	}
}
