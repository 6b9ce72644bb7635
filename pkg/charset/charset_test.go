package charset

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
)

// all are the encodings that a file can be in.
var all = []Encoding{Windows1250, UTF8, UTF16LE, UTF16BE, ISO88592, CP852, ASCII}

const pangram = "Příliš žluťoučký kůň úpěl ďábelské ódy; Kŕdeľ šťastných ďatľov učí mĺkveho koňa žrať kôru\r\n"

func TestLookup(t *testing.T) {
	for label, want := range map[string]Encoding{
		"Windows-1250": Windows1250, "cp1250": Windows1250, "WIN-1250": Windows1250,
		"utf-8": UTF8, "UTF8": UTF8, "utf-16": UTF16LE, "UTF-16BE": UTF16BE,
		"iso-8859-2": ISO88592, "ISO_8859-2": ISO88592, "Latin 2": ISO88592,
		"cp852": CP852, "IBM852": CP852, "us-ascii": ASCII,
	} {
		got, ok := Lookup(label)
		assert.True(t, ok, label)
		assert.Equal(t, want, got, label)
	}
	for _, label := range []string{"", "-", "windows-1252", "utf-7", "auto"} {
		_, ok := Lookup(label)
		assert.False(t, ok, label)
	}
	for _, e := range all {
		got, ok := Lookup(e.String())
		assert.True(t, ok && got == e, e)
	}
}

func TestDetect(t *testing.T) {
	in := func(e Encoding) []byte {
		out, bad := e.Append(nil, []byte(pangram))
		require.Zero(t, bad)
		return out
	}
	tests := []struct {
		name string
		head []byte
		want Encoding
		bom  int
	}{
		{"empty", nil, UTF8, 0},
		{"ascii", []byte("code;date"), UTF8, 0},
		{"utf-8", in(UTF8), UTF8, 0},
		{"utf-8 cut inside a character", []byte("Cena 1 490 K\xC4"), UTF8, 0},
		{"utf-8 with mark", append([]byte("\xEF\xBB\xBF"), in(UTF8)...), UTF8, 3},
		{"windows-1250", in(Windows1250), Windows1250, 0},
		{"utf-16 little-endian with mark", append([]byte("\xFF\xFE"), in(UTF16LE)...), UTF16LE, 2},
		{"utf-16 big-endian with mark", append([]byte("\xFE\xFF"), in(UTF16BE)...), UTF16BE, 2},
		{"utf-16 little-endian without mark", in(UTF16LE), UTF16LE, 0},
		{"utf-16 big-endian without mark", in(UTF16BE), UTF16BE, 0},
		{"a zero byte in a plain text", []byte("a;b\x00;c"), UTF8, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e, bom := Detect(test.head)
			assert.Equal(t, test.want, e)
			assert.Equal(t, test.bom, bom)
		})
	}
}

// Every encoding reads what it wrote, also when the bytes trickle in singly.
func TestReadWhatWasWritten(t *testing.T) {
	for _, e := range all {
		t.Run(e.String(), func(t *testing.T) {
			text := strings.Repeat(pangram, 1000)
			if e == ASCII {
				text, _ = ASCII.Transliterate(text)
			}
			raw, bad := e.Append([]byte(codecs[e].bom), []byte(text))
			require.Zero(t, bad)
			for _, src := range []io.Reader{
				bytes.NewReader(raw), iotest.OneByteReader(bytes.NewReader(raw)), iotest.DataErrReader(bytes.NewReader(raw)),
			} {
				got, err := io.ReadAll(NewReader(src, e))
				require.NoError(t, err)
				require.Equal(t, text, string(got))
			}
		})
	}
}

// The tables say what golang.org/x/text says, for every byte and character.
func TestTablesAgreeWithCharmap(t *testing.T) {
	for e, source := range map[Encoding]*charmap.Charmap{
		Windows1250: charmap.Windows1250, ISO88592: charmap.ISO8859_2, CP852: charmap.CodePage852,
	} {
		for b := range 256 {
			want := source.DecodeByte(byte(b))
			out, n, bad := codecs[e].decode(nil, []byte{byte(b)})
			if want == '\uFFFD' {
				assert.True(t, bad && n == 0, "%s 0x%02X", e, b)
				continue
			}
			assert.Equal(t, string(want), string(out), "%s 0x%02X", e, b)
		}
		for r := range rune(0x20000) {
			if r >= 0xD800 && r < 0xE000 {
				continue
			}
			want, ok := source.EncodeRune(r)
			out, bad := e.Append(nil, []byte(string(r)))
			if !ok {
				require.Equal(t, r, bad, "%s U+%04X", e, r)
				continue
			}
			require.Equal(t, []byte{want}, out, "%s U+%04X", e, r)
		}
	}
}

func TestBadByte(t *testing.T) {
	tests := []struct {
		name   string
		e      Encoding
		raw    string
		before string
		bad    BadByteError
	}{
		{"undefined in windows-1250", Windows1250, "a\xE8b\n\x81c", "ačb\n", BadByteError{4, 0x81, Windows1250}},
		{"invalid utf-8", UTF8, "\xEF\xBB\xBFč\xE8b", "č", BadByteError{5, 0xE8, UTF8}},
		{"utf-8 cut off by the end", UTF8, "ab\xC4", "ab", BadByteError{2, 0xC4, UTF8}},
		{"encoded surrogate", UTF8, "a\xED\xA0\x80", "a", BadByteError{1, 0xED, UTF8}},
		{"lone first half", UTF16LE, "a\x00\x00\xD8b\x00", "a", BadByteError{2, 0x00, UTF16LE}},
		{"lone second half", UTF16BE, "\x00a\xDC00\x00b", "a", BadByteError{2, 0xDC, UTF16BE}},
		{"half a unit", UTF16LE, "a\x00b", "a", BadByteError{2, 'b', UTF16LE}},
		{"beyond ascii", ASCII, "ab\xE8", "ab", BadByteError{2, 0xE8, ASCII}},
		{"found out to be windows-1250", Auto, "a\xE8b\n\x81c", "ačb\n", BadByteError{4, 0x81, Windows1250}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := io.ReadAll(NewReader(strings.NewReader(test.raw), test.e))
			assert.Equal(t, test.before, string(got))
			var bad *BadByteError
			require.ErrorAs(t, err, &bad)
			assert.Equal(t, test.bad, *bad)
		})
	}
}

// The first letter beyond ASCII may stand behind megabytes of plain rows.
func TestAutoDecidesLate(t *testing.T) {
	rows := strings.Repeat("2026000045;KANC-001;4;3490.00\n", 5000)
	for _, e := range []Encoding{UTF8, Windows1250} {
		for pad := range 4 {
			text := strings.Repeat(" ", pad) + rows + pangram
			raw, _ := e.Append(nil, []byte(text))
			got, err := io.ReadAll(NewReader(bytes.NewReader(raw), Auto))
			require.NoError(t, err)
			require.Equal(t, text, string(got))
		}
	}
	for _, e := range []Encoding{UTF8, UTF16LE, UTF16BE} {
		raw, _ := e.Append([]byte(codecs[e].bom), []byte(rows+pangram))
		got, err := io.ReadAll(NewReader(bytes.NewReader(raw), Auto))
		require.NoError(t, err)
		require.Equal(t, rows+pangram, string(got))
	}
}

func TestReaderPassesTheSourcesError(t *testing.T) {
	src := io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(io.ErrClosedPipe))
	got, err := io.ReadAll(NewReader(src, Windows1250))
	assert.Equal(t, "abc", string(got))
	assert.ErrorIs(t, err, io.ErrClosedPipe)
}

// Whatever the bytes, what is read is UTF-8, the same however the bytes come,
// and writes the same bytes again as far as they were sound.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{pangram, "\xFF\xFEa\x00", "\xEF\xBB\xBFč\xE8", "K\xE8 \x81", "\xFE\xFF\xD8\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, e := range append([]Encoding{Auto}, all...) {
			text, err := io.ReadAll(NewReader(bytes.NewReader(raw), e))
			require.True(t, utf8.Valid(text))
			trickled, trickledErr := io.ReadAll(NewReader(iotest.OneByteReader(bytes.NewReader(raw)), e))
			require.Equal(t, text, trickled)
			require.Equal(t, err, trickledErr)
			if e != Auto {
				again, rest := e.Append(nil, text)
				require.Zero(t, rest)
				require.True(t, bytes.HasPrefix(bytes.TrimPrefix(raw, []byte(codecs[e].bom)), again))
			}
		}
	})
}

// TestAMarkDecides: a file that begins with the mark of UTF-8 is never read as
// Windows-1250, whose three letters would stand before the first word.
func TestAMarkDecides(t *testing.T) {
	for _, rest := range []string{"\xC8\xEDslo;", "Číslo;\n\xC8\xEDslo;", "a;\n\xC8"} {
		_, err := io.ReadAll(NewReader(strings.NewReader("\uFEFF"+rest), Auto))
		var bad *BadByteError
		require.ErrorAs(t, err, &bad, "%q", rest)
		assert.Equal(t, UTF8, bad.Encoding)
	}
}
