package export_test

import (
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
)

// manyDeals is a stream of deals, as NDJSON; it holds one of them in memory.
type manyDeals struct {
	left  int
	line  string
	ready string
}

func (m *manyDeals) Read(p []byte) (int, error) {
	if m.ready == "" {
		if m.left == 0 {
			return 0, io.EOF
		}
		id := strconv.Itoa(m.left)
		m.ready = strings.NewReplacer(`"id":"1"`, `"id":"`+id+`"`, `"OP-26-1"`, `"OP-26-`+id+`"`).Replace(m.line)
		m.left--
	}
	n := copy(p, m.ready)
	m.ready = m.ready[n:]
	return n, nil
}

// BenchmarkExport is a whole run, a deal of three lines an operation: read,
// checked, written, held against the schema, spooled and poured out.
func BenchmarkExport(b *testing.B) {
	tr := flowtest.NewTrial(b)
	line := flowtest.Deal(b, 1) + "\n"
	tr.Tell = func(*diag.Issue) {}
	tr.From, tr.Reading.Stdin, tr.Stdout = "-", &manyDeals{left: b.N, line: line}, io.Discard
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	require.Equal(b, b.N, tr.RunsWell(b).Written)
}
