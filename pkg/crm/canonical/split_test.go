package canonical

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pieces splits a stream to its end: each record as "line:column text", or the
// code of what ended the stream.
func pieces(t *testing.T, s *Splitter) (all []string) {
	t.Helper()
	for {
		raw, err := s.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		text := string(raw.Bytes)
		if raw.Broken != nil {
			assert.Equal(t, raw.At, raw.Broken.At)
			text = string(raw.Broken.Code)
		}
		all = append(all, raw.At.String()+" "+text)
		require.Less(t, len(all), 100, "no end")
	}
}

func TestSplit(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"nothing":            {"", []string{" input-empty"}},
		"blanks":             {" \r\n\t ", []string{" input-empty"}},
		"marks":              {"\uFEFF \uFEFF\n", []string{" input-empty"}},
		"joined with marks":  {"{}\n\uFEFF{}\n\uFEFF\uFEFF {}", []string{"1:1 {}", "2:2 {}", "3:4 {}"}},
		"half a mark":        {"{}\n\xEF\xBB", []string{"1:1 {}", "2:1 \xEF\xBB"}},
		"one":                {" {\"a\": \"}\\\"{\"}\n", []string{`1:2 {"a": "}\"{"}`}},
		"one over lines":     {"{\n\"a\": 1\n}\n", []string{"1:1 {\n\"a\": 1\n}"}},
		"array":              {"[{}, {\"a\":[1,{}]},\n {}]\n", []string{`1:2 {}`, `1:6 {"a":[1,{}]}`, `2:2 {}`}},
		"empty array":        {"[ ]", nil},
		"array of scalars":   {`[1,"a,]" , tru]`, []string{"1:2 1", `1:4 "a,]"`, "1:12 tru"}},
		"array of arrays":    {`[[{}], []]`, []string{"1:2 [{}]", "1:8 []"}},
		"NDJSON":             {"{}\n\n \r\n{\"č\": 1}\r\n{}", []string{"1:1 {}", `4:1 {"č": 1}`, "5:1 {}"}},
		"NDJSON, a bad line": {"{}\n{\"a\": \n{}\n", []string{"1:1 {}", `2:1 {"a":`, "3:1 {}"}},
		"one after another":  {"{\n} {}{\n}", []string{"1:1 {\n}", "2:3 {}", "2:5 {\n}"}},
		"columns":            {"[\"ž😀\",{}]", []string{`1:2 "ž😀"`, "1:7 {}"}},
		"no comma":           {"[{} {}]", []string{"1:2 {}", "1:5 json-not-well-formed"}},
		"comma at the end":   {"[{},]", []string{"1:2 {}", "1:5 json-not-well-formed"}},
		"comma alone":        {"[,{}]", []string{"1:2 json-not-well-formed"}},
		"behind the array":   {"[{}]\n{}", []string{"1:2 {}", "2:1 json-not-well-formed"}},
		"array cut off":      {"[{},\n", []string{"1:2 {}", "2:1 json-cut-off"}},
		"array not closed":   {"[{}", []string{"1:2 {}", "1:4 json-cut-off"}},
		"array begun":        {"[", []string{"1:2 json-cut-off"}},
		"item cut off":       {`[{"a": "`, []string{`1:2 {"a": "`}},
		"stray bracket":      {"}{}", []string{"1:1 json-not-well-formed"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, pieces(t, NewSplitter(strings.NewReader(test.text), "", false)))
			assert.Equal(t, test.want, pieces(t, NewSplitter(iotest.OneByteReader(strings.NewReader(test.text)), "", false)))
		})
	}
}

func TestSplitLines(t *testing.T) {
	s := NewSplitter(strings.NewReader("{\"cut\n{}\n\n[1]\nx\n"), "deals.ndjson", true)
	assert.Equal(t, []string{`deals.ndjson:1:1 {"cut`, "deals.ndjson:2:1 {}", "deals.ndjson:4:1 [1]", "deals.ndjson:5:1 x"}, pieces(t, s))
}

func TestHostileStreamsEndEarly(t *testing.T) {
	const size = 2 * maxRecord
	tests := map[string]struct {
		text  string
		lines bool
		want  string
		read  int
	}{
		"nested arrays":  {strings.Repeat("[", size), false, "1:66 json-too-deep", 1 << 20},
		"nested objects": {strings.Repeat(`{"a":`, size/5), false, "1:321 json-too-deep", 1 << 20},
		"a string":       {`{"a":"` + strings.Repeat("x", size), false, "1:1 record-too-large", size},
		"a line":         {strings.Repeat("[", size), true, "1:1 record-too-large", size},
		"blanks":         {strings.Repeat(" ", size) + "{}", false, "1:33554433 {}", size + 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := strings.NewReader(test.text)
			s := NewSplitter(r, "", test.lines)
			assert.Equal(t, []string{test.want}, pieces(t, s))
			assert.LessOrEqual(t, len(test.text)-r.Len(), test.read)
			assert.LessOrEqual(t, len(s.unread.buf), 2*maxRecord)
		})
	}
}

func TestSplitPassesTheReadersError(t *testing.T) {
	fault := errors.New("disk on fire")
	s := NewSplitter(io.MultiReader(strings.NewReader("[{},{"), iotest.ErrReader(fault)), "", false)
	_, err := s.Next()
	require.NoError(t, err)
	_, err = s.Next()
	assert.ErrorIs(t, err, fault)
	_, err = s.Next()
	assert.ErrorIs(t, err, io.EOF)
}
