package charset

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestIsUTF8(t *testing.T) {
	long := strings.Repeat("x", chunk-1)
	for name, test := range map[string]struct {
		file     string
		encoding Encoding
		suspect  bool
	}{
		"UTF-8":                             {"Židle, stůl", Windows1250, true},
		"UTF-8 read as ISO 8859-2":          {"Židle", ISO88592, true},
		"its own encoding":                  {"\x8eidle", Windows1250, false},
		"one accent of its own":             {"Židle, st\xf9l", Windows1250, false},
		"an accent of its own, first":       {"st\xf9l a židle", Windows1250, false},
		"plain":                             {"zidle", Windows1250, false},
		"UTF-8 as such":                     {"Židle", UTF8, false},
		"across chunks":                     {long + "ž" + long, Windows1250, true},
		"three bytes across chunks":         {long + "€", Windows1250, true},
		"accents after a plain chunk":       {long + long + "ž", Windows1250, true},
		"an own one after the UTF-8":        {long + "ž" + long + "\xf9l", Windows1250, false},
		"cut by the end":                    {"Židle\xc5", Windows1250, false},
		"half of one at the end of a chunk": {long + "\xc5x", Windows1250, false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, source := range []io.Reader{strings.NewReader(test.file), iotest.OneByteReader(strings.NewReader(test.file))} {
				r := NewReader(source, test.encoding)
				_, err := io.Copy(io.Discard, r)
				require.NoError(t, err)
				assert.Equal(t, test.suspect, r.IsUTF8())
			}
		})
	}
}
