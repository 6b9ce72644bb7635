package outfile

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/oracle"
)

func TestFileName(t *testing.T) {
	for _, c := range []struct{ name, code, want string }{
		{"plain", "OP-26-123", "OP-26-123"},
		{"letters of the language", "Zakázka č. 5", "Zakázka č. 5"},
		{"empty", "", "document"},
		{"blank", " \t\n ", "document"},
		{"dots alone", "...", "document"},
		{"underscores alone", "___", "document"},
		{"nothing that may stay", "///", "document"},
		{"slash and colon", "a/b:c", "a_b_c"},
		{"all that Windows refuses", `\/:*?"<>|`, "document"},
		{"all that Windows refuses, in a name", `1\/:*?"<>|2`, "1_________2"},
		{"way out of the folder", "../../x", "_.._.._x"},
		{"way out on Windows", `..\..\x`, "_.._.._x"},
		{"absolute path", "/etc/passwd", "_etc_passwd"},
		{"drive", "C:x", "C_x"},
		{"parent", "..", "document"},
		{"hidden", ".profile", "_.profile"},
		{"flag", "-rf", "_-rf"},
		{"blanks around", "  26 OP 1  ", "26 OP 1"},
		{"dots and blanks behind", "26OP1. . .", "26OP1"},
		{"other blanks", "26\u00a0OP\u20281\u3000x", "26 OP 1 x"},
		{"control characters", "a\x00b\x1fc\x7fd\u0085e", "a_b_c_d_e"},
		{"line break", "a\nb", "a_b"},
		{"turned direction", "26\u202efdp.exe", "26_fdp.exe"},
		{"not UTF-8", "a\xffb", "a_b"},
		{"replacement character", "a\ufffdb", "a_b"},
		{"reserved", "CON", "_CON"},
		{"reserved in small letters", "con", "_con"},
		{"reserved with an ending", "aux.2026", "_aux.2026"},
		{"reserved with blanks", "nul .x", "_nul .x"},
		{"reserved port", "lpt9", "_lpt9"},
		{"reserved port with a raised digit", "com¹", "_com¹"},
		{"begins like a reserved one", "CONTRACT", "CONTRACT"},
		{"no port", "COM10", "COM10"},
		{"400 characters", strings.Repeat("a", 400), strings.Repeat("a", 195)},
		{"400 characters of two bytes", strings.Repeat("ž", 400), strings.Repeat("ž", 97)},
		{"400 characters of four bytes", strings.Repeat("🦆", 400), strings.Repeat("🦆", 48)},
		{"cut where a blank is", strings.Repeat("a", 194) + " ." + strings.Repeat("b", 200), strings.Repeat("a", 194)},
		{"reserved when it is cut", "CON" + strings.Repeat(" ", 300) + "x", "_CON"},
		{"long and hidden", "." + strings.Repeat("a", 400), "_." + strings.Repeat("a", 194)},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want+".xph", FileName(c.code, ".xph"))
		})
	}
}

// safeName holds a name to what it must be on every system.
func safeName(t *testing.T, code, name string) {
	t.Helper()
	stem, found := strings.CutSuffix(name, ".xph")
	require.True(t, found, "%q gives %q", code, name)
	assert.LessOrEqual(t, len(name), maxFileName, "%q gives %q", code, name)
	assert.True(t, utf8.ValidString(name), "%q gives %q", code, name)
	assert.False(t, strings.ContainsAny(name, `\/:*?"<>|`), "%q gives %q", code, name)
	assert.False(t, strings.ContainsFunc(name, unicode.IsControl), "%q gives %q", code, name)
	require.NotEmpty(t, stem, "%q gives %q", code, name)
	assert.NotContains(t, ".- ", stem[:1], "%q gives %q", code, name)
	assert.NotContains(t, ". ", stem[len(stem)-1:], "%q gives %q", code, name)
	first, _, _ := strings.Cut(name, ".")
	assert.False(t, slices.Contains(reservedNames, strings.ToUpper(strings.TrimSpace(first))), "%q gives %q", code, name)
	if len(name) < maxFileName {
		assert.Equal(t, name, FileName(stem, ".xph"), "a safe name stays")
	}
}

func TestEveryFileNameIsSafe(t *testing.T) {
	random := rand.New(rand.NewPCG(oracle.Seed(t, 1), 2))
	parts := append(strings.Fields(`. .. - _ / \ : * ? " < > | a B9 ž 🦆`), append(slices.Clone(reservedNames),
		" ", "\t", "\x00", "\x1b", "\u0085", "\u00a0", "\u200b", "\u202e", "\u2028", "\ufeff", "\xff", "\ufffd", strings.Repeat("x", 90))...)
	for range 20000 {
		code := ""
		for range random.IntN(8) {
			code += parts[random.IntN(len(parts))]
		}
		safeName(t, code, FileName(code, ".xph"))
	}
}

func FuzzFileName(f *testing.F) {
	for _, code := range []string{"", "OP-26-123", "../../x", "CON .a", ".-", "\xff\u202e", strings.Repeat("ž. ", 200)} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) { safeName(t, code, FileName(code, ".xph")) })
}
