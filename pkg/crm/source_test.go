package crm

import (
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// readSource decodes all records of a source: "file:line:column number", or the
// codes of what was found.
func readSource(t *testing.T, from string, o Options) (all []string) {
	t.Helper()
	s, err := Open(from, o)
	require.NoError(t, err)
	for {
		raw, err := s.Next()
		if errors.Is(err, io.EOF) {
			require.NoError(t, s.Close())
			return all
		}
		require.NoError(t, err)
		for _, result := range s.Decode(raw) {
			text := result.Record.Origin.At.String() + " "
			if result.Record.Document() != nil {
				text += result.Record.Document().Number
			}
			for _, issue := range result.Issues {
				text += " " + string(issue.Code)
			}
			all = append(all, strings.TrimPrefix(text, filepath.Dir(from)+string(filepath.Separator)))
		}
	}
}

// order is a record of little more than its number.
func order(number string) string { return bare + `"number": "` + number + `"}` }

// write makes files in a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	return folder
}

func TestSourceOfOneFile(t *testing.T) {
	tests := map[string]struct {
		file, text string
		want       []string
	}{
		"one record":       {"deal.json", order("1"), []string{"deal.json:1:1 1"}},
		"byte order mark":  {"deal.json", "\uFEFF" + order("1"), []string{"deal.json:1:1 1"}},
		"UTF-16":           {"deal.json", utf16LE("\uFEFF[" + order("č") + "]"), []string{"deal.json:1:2 č"}},
		"UTF-16, no mark":  {"deal.json", utf16LE("[" + order("č") + "]"), []string{"deal.json:1:2 č"}},
		"UTF-16, broken":   {"deal.json", utf16LE("["+order("1")+",\n") + "\x00\xd8\x00\xd8", []string{"deal.json:1:2 1", "deal.json:2:1  json-not-utf8"}},
		"array":            {"deals.json", "[" + order("1") + ",\n" + order("2") + "]", []string{"deals.json:1:2 1", "deals.json:2:1 2"}},
		"NDJSON by shape":  {"deals.txt", order("1") + "\n{\n" + order("3"), []string{"deals.txt:1:1 1", "deals.txt:2:1  json-cut-off", "deals.txt:3:1 3"}},
		"NDJSON by name":   {"deals.NDJSON", "{\n" + order("2"), []string{"deals.NDJSON:1:1  json-cut-off", "deals.NDJSON:2:1 2"}},
		"one bad of three": {"deals.ndjson", order("1") + "\n{}\n" + order("3"), []string{"deals.ndjson:1:1 1", "deals.ndjson:2:1  unrecognised-shape", "deals.ndjson:3:1 3"}},
		"array broken":     {"deals.json", "[" + order("1") + "}", []string{"deals.json:1:2 1", "deals.json:1:72  json-not-well-formed"}},
		"no records":       {"deals.ndjson", "\n", []string{"deals.ndjson  input-empty"}},
		"garbage":          {"deal.json", "number;customer\n", []string{"deal.json:1:1  json-not-well-formed"}},
		"Windows-1250":     {"deal.json", "{\"a\": \"\xe8\"}", []string{"deal.json:1:1  json-not-utf8"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			folder := write(t, map[string]string{test.file: test.text})
			assert.Equal(t, test.want, readSource(t, filepath.Join(folder, test.file), Options{}))
		})
	}
}

func utf16LE(text string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return string(b)
}

func TestSourceOfStdin(t *testing.T) {
	in := iotest.OneByteReader(strings.NewReader(order("1") + "\n" + order("2")))
	assert.Equal(t, []string{"-:1:1 1", "-:2:1 2"}, readSource(t, "-", Options{Stdin: in}))
}

func TestSourceOfAFolder(t *testing.T) {
	folder := write(t, map[string]string{
		"b.json": order("2"), "a.ndjson": order("1"), "c.json": "\x89PNG\r\n\x1a\n", "d.jsonl": order("4"), "notes.txt": "x",
	})
	require.NoError(t, os.Mkdir(filepath.Join(folder, "e.json"), 0o700))
	assert.Equal(t, []string{"a.ndjson:1:1 1", "b.json:1:1 2", "c.json  wrong-input-kind", "d.jsonl:1:1 4"}, readSource(t, folder+"/", Options{}))
}

func TestSourceNamesTheInstance(t *testing.T) {
	folder := write(t, map[string]string{"a.json": order("1")})
	s, err := Open(filepath.Join(folder, "a.json"), Options{Instance: "shop"})
	require.NoError(t, err)
	raw, err := s.Next()
	require.NoError(t, err)
	assert.Equal(t, "shop", s.Decode(raw)[0].Record.Document().Source.Instance)
	assert.NoError(t, s.Close())
	assert.NoError(t, s.Close(), "closing twice does nothing")
}

func TestSourceNotOpened(t *testing.T) {
	folder := write(t, map[string]string{
		"a.xlsx": "PK\x03\x04 xl/workbook.xml", "a.png": "\x89PNG\r\n\x1a\n", "b.json": `<!DOCTYPE html><html>`,
		"response.xml": `<?xml version="1.0"?><rsp:responsePack xmlns:rsp="x">`, "a.zip": "PK\x03\x04",
		"invoice.isdoc": `<Invoice xmlns="http://isdoc.cz/namespace/2013">`,
	})
	empty := t.TempDir()
	tests := map[string]diag.Code{
		filepath.Join(folder, "deal.json"):     canonical.CodeFileNotFound,
		filepath.Join(folder, "no", "x.json"):  canonical.CodeFileNotFound,
		empty:                                  canonical.CodeFolderWithoutRecords,
		filepath.Join(folder, "a.xlsx"):        canonical.CodeInputSpreadsheet,
		filepath.Join(folder, "a.png"):         canonical.CodeWrongInputKind,
		filepath.Join(folder, "b.json"):        canonical.CodeWrongInputKind,
		filepath.Join(folder, "response.xml"):  canonical.CodeInputFromPohoda,
		filepath.Join(folder, "a.zip"):         canonical.CodeInputArchive,
		filepath.Join(folder, "invoice.isdoc"): canonical.CodeInputInvoice,
	}
	for from, code := range tests {
		t.Run(filepath.Base(from), func(t *testing.T) {
			_, err := Open(from, Options{})
			require.Error(t, err)
			assert.Equal(t, code, diag.As(err).Code)
			assert.Equal(t, from, diag.As(err).Value)
		})
	}
}

func TestFaultOfReading(t *testing.T) {
	fault := &fs.PathError{Op: "read", Path: "x", Err: fs.ErrPermission}
	s, err := Open("-", Options{Stdin: io.MultiReader(strings.NewReader(order("1")+"\n"), iotest.ErrReader(fault))})
	if err == nil {
		_, err = s.Next()
	}
	if err == nil {
		_, err = s.Next()
	}
	require.Error(t, err)
	assert.Equal(t, canonical.CodeFileNotReadable, diag.As(err).Code)
	assert.Equal(t, "permission denied", diag.As(err).Args["error"])
}

func TestDecodeOnManyGoroutines(t *testing.T) {
	in := openJSON(strings.NewReader(strings.Repeat(order("1")+"\n", 200)), "deals.ndjson", true, &foreign{}, false)
	var group sync.WaitGroup
	for {
		raw, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		group.Go(func() {
			result := in.Decode(raw)[0]
			assert.Empty(t, result.Issues)
			assert.Equal(t, "1", result.Record.Document().Number)
		})
	}
	group.Wait()
}
