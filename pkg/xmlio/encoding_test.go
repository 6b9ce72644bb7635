package xmlio

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

func TestEncodings(t *testing.T) {
	for _, c := range []struct {
		mark, label string
		encoding    charset.Encoding
	}{
		{"", "", charset.UTF8},
		{"\uFEFF", "", charset.UTF8},
		{"", "utf-8", charset.UTF8},
		{"\uFEFF", "UTF-8", charset.UTF8},
		{"", "Windows-1250", charset.Windows1250},
		{"", "windows-1250", charset.Windows1250},
		{"", "ISO-8859-2", charset.ISO88592},
		{"", "IBM852", charset.CP852},
		{"\uFEFF", "", charset.UTF16LE},
		{"\uFEFF", "UTF-16", charset.UTF16LE},
		{"\uFEFF", "utf-16", charset.UTF16BE},
		{"\uFEFF", "UTF-16LE", charset.UTF16LE},
		{"\uFEFF", "", charset.UTF16BE},
	} {
		t.Run(c.mark+c.label+" in "+c.encoding.String(), func(t *testing.T) {
			declaration := ""
			if c.label != "" {
				declaration = `<?xml version="1.0" encoding="` + c.label + `"?>` + "\r\n"
			}
			file := encoded(t, []byte(c.mark+declaration+"<a č=\"ž\">\r\nDřevo <b/></a>"), c.encoding)
			s := NewScanner(iotest.HalfReader(bytes.NewReader(file)), "", house)
			tokens, err := told(s)
			require.NoError(t, err)
			assert.Equal(t, `<a č="ž" "\nDřevo " <b >b >a`, tokens)
			assert.Equal(t, c.encoding, s.Encoding())
		})
	}
}

func TestEncodingRefused(t *testing.T) {
	utf16 := func(text string) string { return string(encoded(t, []byte(text), charset.UTF16LE)) }
	for _, c := range []struct {
		name, file string
		code       diag.Code
		at         string
	}{
		{"unknown", `<?xml version="1.0" encoding="koi8-cs"?><a/>`, CodeUnknownEncoding, "1:31"},
		{"UTF-16 declared only", `<?xml version="1.0" encoding="utf-16"?><a/>`, CodeEncodingMismatch, "1:31"},
		{"mark of UTF-8 before Windows-1250", "\uFEFF" + `<?xml version="1.0" encoding="windows-1250"?><a/>`, CodeEncodingMismatch, "1:31"},
		{"mark of UTF-16 before UTF-8", utf16("\uFEFF" + `<?xml version="1.0" encoding="utf-8"?><a/>`), CodeEncodingMismatch, "1:31"},
		{"the other UTF-16", utf16("\uFEFF" + `<?xml version="1.0" encoding="utf-16be"?><a/>`), CodeEncodingMismatch, "1:31"},
		{"UTF-16 without mark", utf16(`<?xml version="1.0" encoding="utf-16"?><a/>`), CodeNoByteOrderMark, "1:1"},
		{"Windows-1250 undeclared", "<a>\nDr\xF8evo</a>", CodeBadByte, "2:3"},
		{"undefined in Windows-1250", "<?xml version='1.0' encoding='windows-1250'?>\n<a note='\xE8\xE8\x83'/>", CodeBadByte, "2:12"},
		{"beyond ASCII", "<?xml version='1.0' encoding='us-ascii'?>\n<a>\xE8</a>", CodeBadByte, "2:4"},
		{"half a character of UTF-16", utf16("\uFEFF<a>x") + "<", CodeBadByte, "1:5"},
		{"half a surrogate", utf16("\uFEFF<a>\n") + "\x00\xD8\x00\x00", CodeBadByte, "2:1"},
		{"cut in UTF-8", "<a>\xC5", CodeBadByte, "1:4"},
		{"overlong UTF-8", "<a>\xC0\xBC</a>", CodeBadByte, "1:4"},
		{"surrogate in UTF-8", "<a>\xED\xA0\x80</a>", CodeBadByte, "1:4"},
		{"what is wrong before a bad byte", "<a></b>\n\xFF", CodeEndTag, "1:4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := told(scan(c.file))
			var issue *diag.Issue
			require.ErrorAs(t, err, &issue)
			assert.Equal(t, c.code, issue.Code, issue.Error())
			assert.Equal(t, "f.xml:"+c.at, issue.At.String())
		})
	}
}

func TestEncodingHint(t *testing.T) {
	_, err := told(scan(`<?xml version="1.0" encoding="koi8-cs"?><a/>`))
	assert.Equal(t, "known encodings: Windows-1250, UTF-8, UTF-16LE, UTF-16BE, ISO-8859-2, IBM852, US-ASCII",
		diag.English.Hint(diag.As(err)))
}

// TestPositions holds the position of every token to a plain count of lines and
// characters: in several encodings, with line ends of both kinds, in one long
// line, across the ends of the buffer.
func TestPositions(t *testing.T) {
	pieces := []struct {
		text   string
		tokens int
	}{{"<ř>", 1}, {"Žluťoučký kůň", 1}, {"</ř>", 1}, {" ", 1}, {"<b c='ě'\n  d='é'/>", 2}, {"č&amp;č<!-- ň\n -->š<![CDATA[ť]]>\n", 1}}
	for name, end := range map[string]string{"lf": "\n", "crlf": "\r\n", "one line": " "} {
		for _, e := range []charset.Encoding{charset.UTF8, charset.Windows1250, charset.UTF16LE, charset.UTF16BE} {
			t.Run(name+" "+e.String(), func(t *testing.T) {
				var file strings.Builder
				if wide(e) {
					file.WriteString("\uFEFF")
				}
				file.WriteString(`<?xml version="1.0" encoding="` + e.String() + "\"?>\n<a>")
				expected := []diag.Position{{Line: 2, Column: 1}}
				at := diag.Position{Line: 2, Column: 4}
				for range 3000 {
					for _, piece := range pieces {
						for range piece.tokens {
							expected = append(expected, at)
						}
						text := strings.ReplaceAll(piece.text, "\n", end)
						file.WriteString(text)
						for _, r := range text {
							if at.Column++; r == '\n' {
								at.Line, at.Column = at.Line+1, 1
							}
						}
					}
				}
				file.WriteString("</a>")
				s := NewScanner(bytes.NewReader(encoded(t, []byte(file.String()), e)), "", house)
				var found []diag.Position
				for {
					if _, err := s.Next(); err != nil {
						require.ErrorIs(t, err, io.EOF)
						break
					}
					found = append(found, s.Pos())
				}
				assert.Equal(t, append(expected, at), found)
			})
		}
	}
}
