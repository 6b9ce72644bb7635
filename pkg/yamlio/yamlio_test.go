package yamlio

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// hostile are small files that took gigabytes or minutes, and what they give.
func hostile() map[string]struct {
	text string
	code diag.Code
} {
	stairs, keys := &strings.Builder{}, &strings.Builder{}
	for i := 0; stairs.Len() < maxSize-3000; i++ {
		stairs.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	for i := 0; keys.Len() < maxSize-20; i++ {
		fmt.Fprintf(keys, "k%d: v\n", i)
	}
	type c = struct {
		text string
		code diag.Code
	}
	fill := func(text string) string { return strings.Repeat(text, maxSize/len(text)) }
	return map[string]c{
		"flow lists":          {fill("["), CodeTooDeep},
		"flow lists in a key": {"a: " + strings.Repeat("[", 100_000), CodeTooDeep},
		"closed":              {"a: " + strings.Repeat("[", 65) + strings.Repeat("]", 65), CodeTooDeep},
		"flow mappings":       {fill("{a: "), CodeTooDeep},
		"mixed":               {fill("[{a: "), CodeTooDeep},
		"dashes":              {fill("- "), CodeTooDeep},
		"questions":           {fill("? "), CodeTooDeep},
		"keys on a line":      {fill("a: "), CodeTooDeep},
		"stairs":              {stairs.String(), CodeTooDeep},
		"anchors":             {fill("&a "), CodeTooDeep},
		"anchors on lines":    {fill("&a\n"), CodeTooDeep},
		"tags":                {fill("!a "), CodeTooDeep},
		"aliases":             {"a: &a x\nb: [" + fill("*a ")[:1000] + "]", CodeTooDeep},
		"keys in a bracket":   {"{" + fill("a:")[:10_000] + "}", ""},
		"keys":                {keys.String(), CodeTooMany},
		"flow keys":           {"{" + fill("a: 1, ")[:900_000] + "}", CodeTooMany},
		"large":               {fill("a") + "aa", CodeTooLarge},
		"a long word":         {fill("a"), ""},
		"a long list":         {"a: [" + fill("b,")[:maxSize-6] + "]", CodeTooMany},
		"lines":               {fill("- a\n"), CodeTooMany},
		"documents":           {fill("---\n"), CodeTooMany},
		"comments":            {fill("# a\n"), ""},
		"empty lines":         {fill("\n"), CodeTooBlank},
		"lines of blanks":     {"a: |\n" + fill(" \t\r\n")[:maxSize-8], CodeTooBlank},
		"old breaks":          {"a: |\n" + fill("\r")[:maxSize-8], CodeTooBlank},
		"a block of nothing":  {"a: |\n" + fill("\n")[:maxSize-8], CodeTooBlank},
		"a folded nothing":    {"a: >\n x\n" + fill("\n")[:maxSize-12], CodeTooBlank},
		"gaps in a block":     {"a: |\n" + fill(" x\n" + strings.Repeat("\n", maxBlank))[:maxSize-1000], ""},
		"gaps in a list":      {fill("- |\n x\n" + strings.Repeat("\n", maxBlank)), ""},
		"tags on dashes":      {strings.Repeat("- !x\n", 30_000), CodeTooDeep},
		"anchors on dashes":   {strings.Repeat("- &x\n", 30_000), ""},
		"tags on keys":        {strings.Repeat("a: !x\n", 3000), ""},
		"anchors on keys":     {strings.Repeat("a: &x\n", 3000), ""},
		"an open quote":       {"a: \"" + fill("\\n")[:maxSize-10], ""},
		"a block":             {"a: |\n" + fill("  x\n")[:maxSize-8], ""},
		"tabs":                {fill("\t"), ""},
	}
}

// What a file takes is bounded, whatever stands in it.
func TestHostileFiles(t *testing.T) {
	for name, c := range hostile() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := Parse([]byte(c.text), "own.yaml")
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			mib := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%7d bytes: %v, %d MiB", len(c.text), took.Round(time.Millisecond), mib)
			if c.code != "" {
				require.Error(t, err)
				assert.Equal(t, c.code, diag.As(err).Code, err)
				assert.Equal(t, "own.yaml", diag.As(err).At.File)
			}
			assert.Less(t, took, 15*time.Second)
			assert.Less(t, mib, uint64(1500))
		})
	}
}

func TestBombOfAliases(t *testing.T) {
	text := "a: &a [x, x]\n"
	for c := 'b'; c < 'z'; c++ {
		text += fmt.Sprintf("%c: &%c [*%c, *%c]\n", c, c, c-1, c-1)
	}
	start := time.Now()
	_, err := Parse([]byte(text), "")
	require.NoError(t, err, "who reads the tree refuses anchors")
	assert.Less(t, time.Since(start), time.Second)
}

func TestDepthOfWhatPeopleWrite(t *testing.T) {
	deep := "a: " + strings.Repeat("[", 63) + strings.Repeat("]", 63)
	_, err := Parse([]byte(deep), "")
	require.NoError(t, err)
	many := &strings.Builder{}
	many.WriteString("maps:\n  - words:\n")
	for i := range 3000 {
		fmt.Fprintf(many, "      k%d: {a: [1, 2], b: !x &y 'z'} # [[[[\n", i)
	}
	_, err = Parse([]byte(many.String()), "")
	require.NoError(t, err)
}

func TestInvisibleCharacters(t *testing.T) {
	for _, r := range []rune{0xFEFF, 0x200B, 0x200D, 0x200E, 0x200F, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069} {
		for _, text := range []string{"a: 1%cb", "a: \"%c1\"", "a%c: 1", "a: 1\n%cb: 2", "a: {b%c: c}", "- %c", "a: |\n  b%c\n", "%[1]c%[1]ca: 1", "---\na: 1\n---\n%cb: 1"} {
			text = fmt.Sprintf(text, r)
			_, err := Parse([]byte(text), "own.yaml")
			if assert.Error(t, err, "%q", text) {
				assert.Equal(t, CodeInvisible, diag.As(err).Code, "%q", text)
			}
		}
	}
	for _, text := range []string{"\uFEFFa: 1", "a: 1 # \u200Bnote", "# \u202E\na: 1"} {
		_, err := Parse([]byte(text), "")
		require.NoError(t, err, "%q", text)
	}
}

func TestReadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.yaml")
	require.NoError(t, os.WriteFile(path, make([]byte, 5*maxSize), 0o600))
	text, err := ReadFile(path)
	require.NoError(t, err)
	assert.Len(t, text, maxSize+1)
	_, err = Parse(text, path)
	assert.Equal(t, CodeTooLarge, diag.As(err).Code)
	_, err = ReadFile(filepath.Join(t.TempDir(), "none.yaml"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = Parse([]byte("a: \xE9"), path)
	require.ErrorIs(t, err, ErrNotUTF8)
}

func FuzzParse(f *testing.F) {
	for _, c := range hostile() {
		f.Add([]byte(c.text[:min(len(c.text), 2000)]))
	}
	f.Add([]byte("a: {b: [c, &d e, *d, !f g]}\n- ? h\n  : i\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		start := time.Now()
		_, _ = Parse(text, "")
		assert.Less(t, time.Since(start), 10*time.Second)
	})
}
