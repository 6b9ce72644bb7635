package xmlio

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

func TestHostile(t *testing.T) {
	attributes := func(n int, form string) string {
		var out strings.Builder
		for i := range n {
			fmt.Fprintf(&out, form, i, i)
		}
		return out.String()
	}
	laughs := `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>`
	for _, c := range []struct {
		name, document string
		code           diag.Code
	}{
		{"billion laughs", laughs, CodeDoctype},
		{"external entity", `<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>`, CodeDoctype},
		{"nothing but depth", strings.Repeat("<a>", 1<<20), CodeTooDeep},
		{"long value", "<a b='" + strings.Repeat("x", 10<<20) + "'/>", CodeTooLong},
		{"long text", "<a>" + strings.Repeat("x", 10<<20) + "</a>", CodeTooLong},
		{"long text of references", "<a>" + strings.Repeat("&lt;", 3<<20) + "</a>", CodeTooLong},
		{"long text of CDATA", "<a>" + strings.Repeat("<![CDATA[0123456789]]>", 1<<20) + "</a>", CodeTooLong},
		{"long comment", "<!--" + strings.Repeat("x", 10<<20) + "--><a/>", CodeTooLong},
		{"long instruction", "<?p " + strings.Repeat("x", 10<<20) + "?><a/>", CodeTooLong},
		{"long name", "<" + strings.Repeat("a", 10<<20) + "/>", CodeTooLong},
		{"name over the limit", "<" + strings.Repeat("a", maxName+1) + "/>", CodeTooLong},
		{"many attributes", "<a" + attributes(maxAttributes+1, " a%d='%d'") + "/>", CodeTooManyAttributes},
		{"zeros", strings.Repeat("\x00", 1<<20), CodeCharacter},
		{"zeros in text", "<a>" + strings.Repeat("\x00", 1<<20), CodeCharacter},
		{"same attribute by two prefixes", "<a xmlns:p='x' xmlns:q='x'" + attributes(1000, " p:a%d='' q:b%d=''") + " q:a7=''/>", CodeDuplicateAttribute},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := told(scan(c.document))
			var issue *diag.Issue
			require.ErrorAs(t, err, &issue)
			assert.Equal(t, c.code, issue.Code, issue.Error())
			assert.Less(t, len(issue.Value), 200)
		})
	}
}

func TestWithinLimits(t *testing.T) {
	for name, document := range map[string]string{
		"depth":    strings.Repeat("<a>", maxDepth) + strings.Repeat("</a>", maxDepth),
		"value":    "<a b='" + strings.Repeat("x", maxToken-1000) + "'/>",
		"text":     "<a>" + strings.Repeat("x", maxToken-1000) + "</a>",
		"comments": "<a>" + strings.Repeat("<!--0123456789-->", 1<<20) + "</a>",
		"blanks":   strings.Repeat(" \n", 4<<20) + "<a/>",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := told(scan(document))
			assert.NoError(t, err)
		})
	}
}

// repeated gives a text n times between a head and a tail, without holding it.
type repeated struct {
	make func(i int) string
	n, i int
	left string
	tail string
}

func (r *repeated) Read(p []byte) (int, error) {
	for r.left == "" {
		if r.i > r.n {
			return 0, io.EOF
		}
		r.left = r.tail
		if r.i < r.n {
			r.left = r.make(r.i)
		}
		r.i++
	}
	n := copy(p, r.left)
	r.left = r.left[n:]
	return n, nil
}

// TestFlatMemory reads long documents, also such that bring ever new names,
// prefixes and values, and looks what is left in memory.
func TestFlatMemory(t *testing.T) {
	pad := strings.Repeat("n", 1000)
	for name, make := range map[string]func(i int) string{
		"orders":   func(int) string { return "<order version='2.0'><text>Židle</text></order>\r\n" },
		"names":    func(i int) string { return fmt.Sprintf("<%s%d/>", pad, i) },
		"prefixes": func(i int) string { return fmt.Sprintf("<p%[1]d%[2]s:a xmlns:p%[1]d%[2]s='u%[1]d'/>", i, pad) },
		"values":   func(i int) string { return fmt.Sprintf("<a b='%s%d'/>", pad, i) },
		"one line": func(int) string { return "<a>0123456789</a>" },
	} {
		t.Run(name, func(t *testing.T) {
			s := NewScanner(io.MultiReader(strings.NewReader("<r>"), &repeated{make: make, n: 10000, tail: "</r>"}), "", house)
			_, err := s.Next()
			require.NoError(t, err)
			require.NoError(t, s.Skip())
			runtime.GC()
			var after runtime.MemStats
			runtime.ReadMemStats(&after)
			assert.Less(t, after.HeapAlloc, uint64(10<<20))
			runtime.KeepAlive(s)
		})
	}
}
